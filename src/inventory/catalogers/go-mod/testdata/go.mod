module github.com/example/harbour // the port itself

go 1.22

toolchain go1.22.3

require github.com/gorilla/mux v1.8.0

require (
	"github.com/example/charts/v2" v2.1.0
	github.com/example/old v1.0.0
	github.com/example/beside v0.1.0 // indirect
	golang.org/x/sys v0.0.0-20220406074731-71021a481237 // indirect; for signals
	github.com/docker/docker v20.10.7+incompatible
)

exclude github.com/example/old v1.0.0

replace (
	github.com/example/beside => ../beside
	github.com/gorilla/mux v1.8.0 => github.com/example/mux v1.8.1
	github.com/gorilla/mux v1.7.0 => github.com/example/mux v1.0.0
)

retract [v0.1.0, v0.2.0]
