[package]
name = "b"
version = "0.2.0"
[dependencies]
cfg = { package = "cfg-if", version = "1" }
[dev-dependencies]
serde_json = "1"
