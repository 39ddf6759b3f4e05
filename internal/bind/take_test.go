package bind_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
)

// TestTake finds that one member is taken and all others stay as they are.
func TestTake(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]struct {
		value any
		rest  string
	}{
		``:                 {nil, `{}`},
		`null`:             {nil, `{}`},
		`{}`:               {nil, `{}`},
		`{"company":null}`: {nil, `{}`},
		`{"company":"a"}`:  {"a", `{}`},
		`{"Company":"a"}`:  {nil, `{"Company":"a"}`},
		`{"company":7,"b":12345678901234567890,"c":1.50}`:                       {json.Number("7"), `{"b":12345678901234567890,"c":1.50}`},
		`{"b":["company","company"],"company":"a"}`:                             {"a", `{"b":["company","company"]}`},
		`{"b":{"company":"x","c":{"company":"y"}},"company":"a","d":[{}]}`:      {"a", `{"b":{"c":{"company":"y"},"company":"x"},"d":[{}]}`},
		`{"b":"company","c":"company","company":"company","d":["x","company"]}`: {"company", `{"b":"company","c":"company","d":["x","company"]}`},
	} {
		value, rest, err := bind.Take(json.RawMessage(args), "company")
		if err != nil || value != want.value || string(rest) != want.rest {
			t.Errorf("%s: got %v and %s (%v)", args, value, rest, err)
		}
	}
}

func TestTakeRefuses(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		`{`:                             "the arguments are not valid JSON",
		`[]`:                            `the arguments must be one JSON object, such as {"limit": 10}`,
		`"{\"company\":\"a\"}"`:         `the arguments must be one JSON object, such as {"limit": 10}`,
		`{"company":"a","company":"b"}`: "company is given twice",
		`{"company":"a","b":{"c":[1]},"comp\u0061ny":"a"}`: "company is given twice",
	} {
		_, _, err := bind.Take(json.RawMessage(args), "company")
		var refused *bind.Error
		if !errors.As(err, &refused) || err.Error() != want {
			t.Errorf("%s: got %v, want %q", args, err, want)
		}
	}
}
