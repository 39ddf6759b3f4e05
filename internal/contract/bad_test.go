package contract_test

import (
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/contract"
)

// TestReadBad finds a sentence for everything that is no OpenAPI document, and
// no end of memory or time.
func TestReadBad(t *testing.T) {
	t.Parallel()
	aliases := "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n" +
		"d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: &e [*d,*d,*d,*d,*d,*d,*d,*d,*d]\nf: &f [*e,*e,*e,*e,*e,*e,*e,*e,*e]\ng: &g [*f,*f,*f,*f,*f,*f,*f,*f,*f]\n"
	for name, c := range map[string]struct{ text, want string }{
		"empty":          {" \n", "it is empty"},
		"text":           {"hello", "it is no OpenAPI document"},
		"number":         {"5", "it cannot be read as OpenAPI"},
		"list":           {"[1]", "it cannot be read as OpenAPI"},
		"other object":   {`{"a": 1}`, "it is no OpenAPI document"},
		"web page":       {"<!doctype html><html></html>", "it is no OpenAPI document"},
		"half":           {`{"openapi": "3.0.0"`, "it is neither JSON nor YAML"},
		"tabs":           {"\topenapi: 3.0.0", "it is neither JSON nor YAML"},
		"bytes":          {"\x00\x01\xff", "it is neither JSON nor YAML"},
		"deep":           {strings.Repeat(`{"a":`, 20000), "it is neither JSON nor YAML"},
		"Swagger":        {`{"swagger": "2.0", "paths": {"/a": {}}}`, "Swagger 2.0 has to be converted first"},
		"of the future":  {"openapi: 4.0.0\npaths: {/a: {}}", "it is OpenAPI 4.0.0; 3.0 and 3.1 can be read"},
		"a number of it": {"openapi: 3.1\npaths: {/a: {}}", "it cannot be read as OpenAPI: json: cannot unmarshal number into field T.openapi of type string"},
		"no paths":       {"openapi: 3.0.0\npaths: {}", "it describes no paths"},
		"names twice":    {"openapi: 3.0.0\npaths:\n" + strings.Repeat("  /a: {}\n", 200000), "line 4 has a name that stands there before"},
		"aliases":        {aliases + "openapi: 3.0.0\npaths: {/a: *g}", "it cannot be read as OpenAPI"},
		"huge":           {"openapi: 3.0.0\n#" + strings.Repeat(" ", contract.MaxSize), "it is larger than 8 MB"},
		"other files":    {document("{$ref: 'other.yaml#/A'}"), `disallowed external reference: "other.yaml#/A"`},
		"other hosts":    {document("{$ref: 'http://127.0.0.1:1/a'}"), "disallowed external reference"},
		"nowhere":        {document("{$ref: '#/components/schemas/B'}"), `failed to resolve "B"`},
		"null parameter": {"openapi: 3.0.0\npaths: {/v1/clients: {get: {parameters: [null]}}}", "it cannot be read as OpenAPI"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, err := contract.Read(strings.NewReader(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) || strings.Contains(err.Error(), "\n") || len(err.Error()) > 300 {
				t.Errorf("got %v", err)
			}
		})
	}
}

// document answers the list of clients with a schema A.
func document(a string) string {
	return "openapi: 3.0.0\ninfo: {title: a, version: b}\npaths: {/v1/clients: {get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/A'}}}}}}}}\n" +
		"components: {schemas: {A: " + a + "}}"
}

// TestCompareOdd finds that documents which lead in circles, or leave out what
// others have, can be compared or are refused with a sentence.
func TestCompareOdd(t *testing.T) {
	t.Parallel()
	const self = "{$ref: '#/components/schemas/A'}"
	for name, c := range map[string]struct{ text, want string }{
		"itself":          {document(self), ""},
		"in properties":   {document("{type: object, properties: {a: " + self + "}}"), ""},
		"in items":        {document("{type: array, items: " + self + "}"), ""},
		"in allOf":        {document("{allOf: [" + self + "]}"), ""},
		"in oneOf":        {document("{oneOf: [" + self + ", {type: string}]}"), ""},
		"null path":       {"openapi: 3.0.0\npaths: {/v1/clients: null}", ""},
		"null operation":  {"openapi: 3.0.0\npaths: {/v1/clients: {get: null}}", ""},
		"null answers":    {"openapi: 3.0.0\npaths: {/v1/clients: {get: {responses: null}}}", ""},
		"null content":    {"openapi: 3.0.0\npaths: {/v1/clients: {get: {responses: {'200': {description: a, content: null}}}}}", ""},
		"null server":     {"openapi: 3.0.0\nservers: [null]\npaths: {/v1/clients: {get: {}}}", ""},
		"only references": {document("{}") + "\nx-a: {$ref: 'other.yaml'}", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			published, err := contract.Read(strings.NewReader(c.text))
			if err != nil {
				t.Fatal(err)
			}
			all, err := ours(t).Compare(published)
			switch {
			case c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)):
				t.Errorf("got %v", err)
			case c.want == "" && (err != nil || len(all) < len(fisklapi.Endpoints())-1):
				t.Errorf("got %d differences, %v", len(all), err)
			}
		})
	}
}
