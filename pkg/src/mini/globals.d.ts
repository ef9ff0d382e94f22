// What every mini-game host has besides ES2017. Nothing else may be used freely: tsconfig.mini.json knows no other library.

declare function setTimeout(run: () => void, ms: number): number;
declare function clearTimeout(timer: number): void;
