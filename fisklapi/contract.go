package fisklapi

import _ "embed" // for the document below

//go:embed openapi.yaml
var contract string

// Contract returns openapi.yaml: what this package relies on, as an OpenAPI
// 3.1 document in YAML. Each part of it is marked as documented by Fiskl or
// inferred.
func Contract() string { return contract }
