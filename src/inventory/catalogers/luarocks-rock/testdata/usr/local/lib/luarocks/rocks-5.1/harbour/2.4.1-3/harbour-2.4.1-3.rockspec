package = "harbour"
version = "2.4.1-3"
source = { url = "git+https://harbour.example.org/harbour.git" }
description = { summary = "Charts", license = "MIT/X11", maintainer = "Packaging Team <packaging@example.org>" }
dependencies = { "lua >= 5.1" }
build = { type = "builtin", modules = { ["harbour.chart"] = "chart.lua" }, install = { bin = { "harbour" } } }
