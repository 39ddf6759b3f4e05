// Package contract holds the contract that package fisklapi works by against
// what else is said of the API: what it answers, and what Fiskl publishes.
package contract

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Contract is a description of an API.
type Contract struct{ doc *openapi3.T }

// MaxSize bounds a document that is read, in bytes. The largest that are known
// have six million; each million costs 70 MB of memory and a second or two.
const MaxSize = 8 << 20

// Ours returns the contract of package fisklapi.
func Ours() (*Contract, error) { return parse([]byte(fisklapi.Contract())) }

// Read reads an OpenAPI 3.0 or 3.1 document, in JSON or YAML, that is complete
// in itself.
func Read(r io.Reader) (*Contract, error) {
	text, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	switch {
	case err != nil:
		return nil, err
	case len(text) > MaxSize:
		return nil, fmt.Errorf("it is larger than %d MB, which would take more memory and time than it may: cut it down to the paths of Fiskl's accounting API", MaxSize>>20)
	case strings.TrimSpace(string(text)) == "":
		return nil, errors.New("it is empty")
	}
	return parse(text)
}

// parse reads a document and resolves what it refers to. The library is made
// for documents that people trust: a defect of its own on one of these is an
// error like any other.
func parse(text []byte) (c *Contract, err error) {
	defer func() {
		if v := recover(); v != nil {
			c, err = nil, fmt.Errorf("it cannot be read as OpenAPI: %v", v)
		}
	}()
	if err := sane(text); err != nil {
		return nil, err
	}
	doc, err := openapi3.NewLoader().LoadFromData(text)
	if err != nil {
		return nil, fmt.Errorf("it cannot be read as OpenAPI: %s", said(err))
	}
	switch {
	case doc.OpenAPI == "":
		return nil, errors.New("it is no OpenAPI document: it does not begin with openapi: 3.0 or 3.1. Swagger 2.0 has to be converted first")
	case !strings.HasPrefix(doc.OpenAPI, "3."):
		return nil, fmt.Errorf("it is OpenAPI %s; 3.0 and 3.1 can be read", schemas.Clean(doc.OpenAPI, 20))
	case doc.Paths.Len() == 0:
		return nil, errors.New("it describes no paths")
	}
	return &Contract{doc}, nil
}

// said is the first line of what a library says of a document, which may
// repeat any part of it.
func said(err error) string {
	line, _, _ := strings.Cut(err.Error(), "\n")
	for _, before := range []string{"yaml error: ", "error converting YAML to JSON: ", "error unmarshaling JSON: ", "while decoding JSON: "} {
		if _, after, found := strings.Cut(line, before); found {
			line = after
		}
	}
	return schemas.Clean(line, 200)
}
