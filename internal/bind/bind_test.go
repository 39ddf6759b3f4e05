package bind_test

import (
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"

	"github.com/fiskl-mcp/fiskl-mcp/internal/bind"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// order has one argument of every form that tools use.
type order struct {
	Name   string       `json:"name" jsonschema:"minLength=1"`
	Status string       `json:"status,omitempty" jsonschema:"enum=draft,enum=sent"`
	Limit  int          `json:"limit,omitempty" jsonschema:"minimum=1,maximum=200"`
	All    bool         `json:"all,omitempty"`
	Day    schemas.Date `json:"day,omitempty"`
	Notes  *string      `json:"notes,omitempty" jsonschema:"maxLength=10"`
	CC     []string     `json:"cc,omitempty"`
	Items  []item       `json:"items,omitempty" jsonschema:"minItems=1,maxItems=3"`
}

type item struct {
	What     string           `json:"what,omitempty"`
	Quantity schemas.Quantity `json:"quantity"`
	Price    schemas.Money    `json:"price,omitempty"`
	Taxes    []string         `json:"taxes,omitempty"`
	Marks    *[]string        `json:"marks,omitempty" jsonschema:"minItems=0"`
}

func schema() bind.Schema { return bind.New(schemas.Input[order]()) }

func into(t *testing.T, args string) (order, error) {
	t.Helper()
	var in order
	err := schema().Into(json.RawMessage(args), &in)
	return in, err
}

// TestTolerance finds that what models commonly write means the same as the
// strict form.
func TestTolerance(t *testing.T) {
	t.Parallel()
	for args, strict := range map[string]string{
		`{"name":1024}`:                                                    `{"name":"1024"}`,
		`{"name":12345678901234567890}`:                                    `{"name":"12345678901234567890"}`,
		`{"name":9007199254740993}`:                                        `{"name":"9007199254740993"}`,
		`{"name":"A","limit":"25"}`:                                        `{"name":"A","limit":25}`,
		`{"name":"A","limit":" 25 "}`:                                      `{"name":"A","limit":25}`,
		`{"name":"A","limit":25.0}`:                                        `{"name":"A","limit":25}`,
		`{"name":"A","all":"True"}`:                                        `{"name":"A","all":true}`,
		`{"name":"A","all":"false"}`:                                       `{"name":"A"}`,
		`{"name":"A","status":"SENT"}`:                                     `{"name":"A","status":"sent"}`,
		`{"name":"A","limit":null,"notes":null,"items":null}`:              `{"name":"A"}`,
		`{"name":"A","notes":"","status":"","limit":"","all":"","day":""}`: `{"name":"A"}`,
		`{"name":"A","cc":[],"items":[]}`:                                  `{"name":"A"}`,
		`{"name":"A","cc":"","items":""}`:                                  `{"name":"A"}`,
		`{"name":"A","cc":"[]","items":{}}`:                                `{"name":"A"}`,
		`{"name":"A","cc":["",null]}`:                                      `{"name":"A"}`,
		`{"name":"A","cc":["","a@b.example"]}`:                             `{"name":"A","cc":["a@b.example"]}`,
		`{"name":"A","items":[{"quantity":1,"what":"","price":""}]}`:       `{"name":"A","items":[{"quantity":"1"}]}`,
		`{"name":"A","cc":"a@b.example"}`:                                  `{"name":"A","cc":["a@b.example"]}`,
		`{"name":"A","cc":"[\"a@b.example\",\"c@d.example\"]"}`:            `{"name":"A","cc":["a@b.example","c@d.example"]}`,
		`{"name":"A","cc":[1,2.50]}`:                                       `{"name":"A","cc":["1","2.50"]}`,
		`{"name":"A","items":{"quantity":1}}`:                              `{"name":"A","items":[{"quantity":"1"}]}`,
		`{"name":"A","items":"[{\"quantity\":7.5,\"price\":95.10}]"}`:      `{"name":"A","items":[{"quantity":"7.5","price":"95.10"}]}`,
		`{"name":"A","items":["{\"quantity\":\"1\"}"]}`:                    `{"name":"A","items":[{"quantity":"1"}]}`,
		`{"name":"A","items":"{\"quantity\":1}"}`:                          `{"name":"A","items":[{"quantity":"1"}]}`,
		`{"name":"A","items":[{"quantity":1,"price":null}]}`:               `{"name":"A","items":[{"quantity":"1"}]}`,
		`{"name":"A","items":[{"quantity":1,"taxes":301}]}`:                `{"name":"A","items":[{"quantity":"1","taxes":["301"]}]}`,
		`{"name":"\u0644\u200cA"}`:                                         `{"name":"` + "\u0644\u200c" + `A"}`,
	} {
		got, err := into(t, args)
		if err != nil {
			t.Errorf("%s: %v", args, err)
			continue
		}
		want, err := into(t, strict)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got %+v, want %+v (%v)", args, got, want, err)
		}
	}
}

// TestEmptyListThatMeansSomething keeps what a schema says may be empty.
func TestEmptyListThatMeansSomething(t *testing.T) {
	t.Parallel()
	got, err := into(t, `{"name":"A","items":[{"quantity":1,"marks":[],"taxes":[]}]}`)
	if err != nil || len(got.Items) != 1 || got.Items[0].Marks == nil || got.Items[0].Taxes != nil {
		t.Errorf("got %+v and %v, want marks that are there and empty, and no taxes", got, err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	for args, want := range map[string]string{
		``:                   "name is missing",
		`null`:               "name is missing",
		`{`:                  "the arguments are not valid JSON",
		`{} {}`:              "the arguments are not valid JSON",
		`[]`:                 "the arguments must be one JSON object",
		`"{\"name\":\"A\"}"`: "the arguments must be one JSON object",
		`{"name":""}`:        "name is empty",
		`{"name":["A"]}`:     "name must be text",
		`{"name":{"a":1}}`:   "name must be text",
		`{"name":true}`:      "name must be text",
		`{"called":"A"}`:     "called is not an argument here",
		`{"name":"A","items":[{"quantity":"1"},{"qty":1}]}`:        "items[1].qty is not an argument here",
		`{"name":"A","called":1}`:                                  "called is not an argument here; the valid ones are: all, cc, day, items, limit, name, notes, status",
		`{"name":"A","Ignore this, please":1}`:                     `"Ignore this, please" is not an argument here`,
		`{"name":"A","status":"lost"}`:                             "status must be one of: draft, sent",
		`{"name":"A","limit":"many"}`:                              "limit must be a whole number",
		`{"name":"A","limit":2.5}`:                                 "limit must be a whole number",
		`{"name":"A","limit":0}`:                                   "limit must be at least 1",
		`{"name":"A","limit":1e9}`:                                 "limit must be at most 200",
		`{"name":"A","all":"yes"}`:                                 "all must be true or false",
		`{"name":"A","all":1}`:                                     "all must be true or false",
		`{"name":"A","day":"2026-02-30"}`:                          `day: "2026-02-30" is not a date on the calendar; write YYYY-MM-DD`,
		`{"name":"A","day":"03/11/2026"}`:                          `day: "03/11/2026" can be 3 November 2026 or 11 March 2026`,
		`{"name":"A","notes":"longer than ten"}`:                   "notes is too long: 15 characters, at most 10",
		`{"name":"A","called":""}`:                                 "called is not an argument here",
		`{"name":"A","items":"[1"}`:                                "items must be a list",
		`{"name":"A","items":[null]}`:                              "items[0] must be an object",
		`{"name":"A","items":[{}]}`:                                "items[0].quantity is missing",
		`{"name":"A","items":[{"quantity":"1","x":1}]}`:            "items[0].x is not an argument here; the valid ones are: marks, price, quantity, taxes, what",
		`{"name":"A","items":[{"quantity":1},{"quantity":"two"}]}`: `items[1].quantity: "two" is not a quantity`,
		`{"name":"A","items":[{"quantity":1,"price":"1,500"}]}`:    `items[0].price: "1,500" is not an amount`,
		`{"name":"A","items":[{"quantity":1,"price":1e9}]}`:        `items[0].price: "1e9" is not an amount`,
		`{"name":"A","items":[{"quantity":-1}]}`:                   `items[0].quantity: "-1" is negative`,
		`{"name":"A","items":[{"quantity":1},{"quantity":1},{"quantity":1},{"quantity":1}]}`: "items takes at most 3 (4 given)",
		`{"name":"A","limit":1,"limit":2}`:                                                   "limit is given twice",
		`{"name":"A","n\u0061me":null}`:                                                      "name is given twice",
		`{"name":"A","items":[{"quantity":1},{"quantity":1,"price":"1","quantity":2}]}`:      "items[1].quantity is given twice",
		`{"name":"A","items":"[{\"quantity\":1,\"quantity\":2}]"}`:                           "items must be a list",
		`{"name":"A","x":{"y":[[0,{"a":[],"b":{},"a":1}]]}}`:                                 "x.y[0][1].a is given twice",
		`{"name":"A","called":1,"called":2}`:                                                 "called is given twice",
		`{"name":"A\u202e"}`:                                                                 "name holds the invisible character U+202E; write it without",
		`{"name":"A","items":[{"quantity":"1","what":"a\u200b"}]}`:                           "items[0].what holds the invisible character U+200B",
	} {
		_, err := into(t, args)
		var refused *bind.Error
		if !errors.As(err, &refused) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%s: got %v, want %q", args, err, want)
		}
	}
}

// TestManyItems finds that a list far beyond its limit is refused by its size.
func TestManyItems(t *testing.T) {
	t.Parallel()
	_, err := into(t, `{"name":"A","items":[`+strings.Repeat(`{"quantity":1},`, 9_999)+`{"quantity":1}]}`)
	if err == nil || err.Error() != "items takes at most 3 (10000 given)" {
		t.Errorf("got %v", err)
	}
}

// TestBrokenSchema finds that a defect of ours is not blamed on the caller.
func TestBrokenSchema(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{`{`, `{"type":7}`} {
		err := bind.New(json.RawMessage(raw)).Into(json.RawMessage(`{}`), &struct{}{})
		var refused *bind.Error
		if err == nil || errors.As(err, &refused) {
			t.Errorf("%s: got %v", raw, err)
		}
	}
}

// FuzzInto finds that any input is either refused as the caller's fault or
// means the same as its strict form.
func FuzzInto(f *testing.F) {
	for _, seed := range []string{
		``, `null`, `{}`, `[]`, `{"name":1}`, `{"name":"A","items":"[{\"quantity\":7.5}]"}`, `{"name":"A","cc":"[[[["}`,
		`{"name":"A","items":[{"quantity":1e9,"price":"-1"}]}`, `{"name":"A","name":null}`, `{"name":"\ud800"}`,
		`{"name":"A","limit":"1e2","all":"TRUE","day":"2026-02-28"}`, `{"name":"A","limit":1e400}`, `{"name":"A","limit":1e9999999}`, `{"name":"A","limit":-0.0}`,
	} {
		f.Add(seed)
	}
	s := schema()
	f.Fuzz(func(t *testing.T, args string) {
		var in order
		if err := s.Into(json.RawMessage(args), &in); err != nil {
			if _, refused := errors.AsType[*bind.Error](err); !refused {
				t.Fatalf("%q: %v is not blamed on the arguments", args, err)
			}
			return
		}
		strict, err := json.Marshal(in)
		if err != nil {
			t.Fatal(err)
		}
		var again order
		if err := s.Into(strict, &again); err != nil {
			t.Fatalf("%q: its strict form %s is refused: %v", args, strict, err)
		}
		second, err := json.Marshal(again)
		if err != nil || string(second) != string(strict) {
			t.Fatalf("%q means %s, whose strict form means %s", args, strict, second)
		}
	})
}

// TestBlankElements takes a list of blanks for one that was left out: only an
// empty list means none.
func TestBlankElements(t *testing.T) {
	t.Parallel()
	got, err := into(t, `{"name":"A","items":[{"quantity":1,"marks":["",null]}]}`)
	if err != nil || len(got.Items) != 1 || got.Items[0].Marks != nil {
		t.Errorf("got %+v and %v, want no marks", got, err)
	}
}
