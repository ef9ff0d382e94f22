//! An embedder: the wasm in wasmi, called as docs/c-abi.md says.

use std::sync::OnceLock;
use std::{env, fs};

use wasmi::{Engine, Instance, Memory, Module, Store, StoreLimits, StoreLimitsBuilder, Val};

use crate::call::{Argument, Call, Outcome};
use crate::status;

pub const PAGE: usize = 1 << 16;

/// The bytes of an msdk_result.
pub const RESULT: u32 = 16;

pub struct Library {
    store: Store<StoreLimits>,
    instance: Instance,
    memory: Memory,
}

/// A call's arguments in the wasm's memory.
struct Passed {
    values: Vec<Val>,
    blocks: Vec<u32>,
}

pub fn module() -> &'static Module {
    static MODULE: OnceLock<Module> = OnceLock::new();
    MODULE.get_or_init(|| {
        let path = env::var_os("MSDK_CAPI_WASM")
            .expect("MSDK_CAPI_WASM names the wasm: run `node tools/test.mjs capi`, which builds it");
        let wasm = fs::read(path).expect("the wasm of MSDK_CAPI_WASM");
        Module::new(&Engine::default(), wasm).expect("a valid module")
    })
}

impl Default for Library {
    fn default() -> Self {
        Library::limited(usize::MAX)
    }
}

impl Library {
    /// An instance whose memory cannot grow beyond so many bytes.
    pub fn limited(bytes: usize) -> Self {
        let module = module();
        let limits = StoreLimitsBuilder::new().memory_size(bytes).build();
        let mut store = Store::new(module.engine(), limits);
        store.limiter(|limits| limits);
        let instance = Instance::new(&mut store, module, &[]).expect("an instance without imports");
        let memory = instance.get_memory(&store, "memory").expect("a memory");
        Library { store, instance, memory }
    }

    /// Calls a function with numbers as they are. A trap is a failure of the test: it would end the engine.
    pub fn invoke(&mut self, function: &str, arguments: &[Val]) -> i32 {
        let Some(exported) = self.instance.get_func(&self.store, function) else { panic!("no function {function}") };
        let mut results = [Val::I32(0)];
        if let Err(trap) = exported.call(&mut self.store, arguments, &mut results) {
            panic!("{function} with {arguments:?}: {trap}");
        }
        results[0].i32().expect("every function returns an i32")
    }

    /// A block's address; 0 where there is no memory.
    pub fn alloc(&mut self, length: u32) -> u32 {
        self.invoke("msdk_alloc", &[Val::I32(length.cast_signed())]).cast_unsigned()
    }

    pub fn free(&mut self, block: u32) -> i32 {
        self.invoke("msdk_free", &[Val::I32(block.cast_signed())])
    }

    pub fn pages(&self) -> u64 {
        self.memory.size(&self.store)
    }

    /// Adds pages as an embedder may, and gives the address of the first.
    pub fn grow(&mut self, pages: u64) -> u32 {
        let before = self.memory.grow(&mut self.store, pages).expect("memory for the test");
        u32::try_from(before).unwrap() * PAGE as u32
    }

    pub fn bytes(&self, start: u32, length: u32) -> &[u8] {
        &self.memory.data(&self.store)[start as usize..][..length as usize]
    }

    pub fn write(&mut self, start: u32, bytes: &[u8]) {
        self.memory.write(&mut self.store, start as usize, bytes).expect("a place in the memory");
    }

    /// Puts bytes into a block of their own.
    pub fn place(&mut self, bytes: &[u8]) -> Option<u32> {
        let block = Some(self.alloc(u32::try_from(bytes.len()).unwrap())).filter(|block| *block != 0)?;
        self.write(block, bytes);
        Some(block)
    }

    /// A call with blocks of its own for the arguments and the result, all of which are freed again.
    pub fn call(&mut self, call: &Call) -> Outcome {
        let mut passed = Passed { values: Vec::new(), blocks: Vec::new() };
        let result = self.pass(call, &mut passed);
        let outcome = match result {
            Some(result) => {
                let status = self.invoke(call.function, &passed.values);
                self.take(status, result)
            }
            None => Outcome { status: status::OUT_OF_MEMORY, text: None, number: 0.0 },
        };
        for block in passed.blocks {
            assert_eq!(self.free(block), status::OK, "{call:?}");
        }
        outcome
    }

    /// Puts the arguments into memory, and room for the result, whose address this gives.
    fn pass(&mut self, call: &Call, passed: &mut Passed) -> Option<u32> {
        for argument in &call.arguments {
            match argument {
                Argument::Text(bytes) => {
                    let block = self.place(bytes)?;
                    passed.blocks.push(block);
                    passed.values.extend([block.cast_signed(), bytes.len() as i32].map(Val::I32));
                }
                Argument::Integer(value) => passed.values.push(Val::I32(*value)),
                Argument::Long(value) => passed.values.push(Val::I64(*value)),
                Argument::Number(value) => passed.values.push(Val::F64((*value).into())),
            }
        }
        // A result that is not written would be seen.
        let result = self.place(&[0xAA; RESULT as usize])?;
        passed.blocks.push(result);
        passed.values.push(Val::I32(result.cast_signed()));
        Some(result)
    }

    /// Reads a result, and frees its text.
    pub fn take(&mut self, status: i32, result: u32) -> Outcome {
        let result: [u8; RESULT as usize] = self.bytes(result, RESULT).try_into().unwrap();
        let [text, length] = [0, 4].map(|at| u32::from_le_bytes(result[at..at + 4].try_into().unwrap()));
        let number = f64::from_le_bytes(result[8..].try_into().unwrap());
        if text == 0 {
            assert_eq!(length, 0, "a text of no length is still one");
            return Outcome { status, text: None, number };
        }
        let (bytes, end) = self.bytes(text, length + 1).split_at(length as usize);
        assert_eq!(end, [0], "what stands behind a text");
        let bytes = bytes.to_vec();
        assert_eq!(self.free(text), status::OK);
        Outcome { status, text: Some(bytes), number }
    }
}
