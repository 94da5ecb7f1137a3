//! What a YAML file may cost.

/// Largest YAML text, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

/// Deepest nesting of lists and groups.
pub const MAX_DEPTH: usize = 64;

/// Most keys and values of one file, aliases included.
pub const MAX_NODES: usize = 2_000_000;

/// Most keys and values that aliases (`*name`) and merges (`<<`) may add.
pub const MAX_ALIAS_NODES: usize = 50_000;
