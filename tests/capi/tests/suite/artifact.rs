use msdk_capi_tests::{Library, module};
use wasmi::ExternType;

#[test]
fn it_imports_nothing_and_exports_one_memory_and_functions() {
    assert_eq!(module().imports().len(), 0);
    let (memories, others): (Vec<_>, Vec<_>) =
        module().exports().partition(|export| matches!(export.ty(), ExternType::Memory(_)));
    assert_eq!(memories.iter().map(|memory| memory.name()).collect::<Vec<_>>(), ["memory"]);
    for export in others {
        assert!(matches!(export.ty(), ExternType::Func(_)), "{}", export.name());
        assert!(export.name().starts_with("msdk_"), "{}", export.name());
    }
}

#[test]
fn its_abi_is_the_headers() {
    let header = include_str!("../../../../include/msdk_friends.h");
    let version = Library::default().invoke("msdk_abi_version", &[]);
    assert!(header.contains(&format!("#define MSDK_ABI_VERSION {version}\n")));
}
