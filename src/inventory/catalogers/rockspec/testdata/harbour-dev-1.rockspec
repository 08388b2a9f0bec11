package = "harbour"
version = "dev-1"
dependencies = {
   "lua >= 5.1, < 5.5", -- comment
   "lua-cjson == 2.1.0.10",
   "luasocket ~> 3.0",
}
test_dependencies = { "busted" }
