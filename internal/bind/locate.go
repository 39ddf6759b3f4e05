package bind

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// seen refuses text with characters that nobody could see: they would hide or
// reorder what stands in the books.
func seen(v any, path string) error {
	switch v := v.(type) {
	case string:
		if r, ok := schemas.FindInvisible(v); ok {
			return refusal("%s holds the invisible character U+%04X; write it without", path, r)
		}
	case []any:
		for i, item := range v {
			if err := seen(item, fmt.Sprintf("%s[%d]", path, i)); err != nil {
				return err
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if err := seen(v[name], strings.TrimPrefix(path+"."+quoteStrange(name), ".")); err != nil {
				return err
			}
		}
	}
	return nil
}

// locate finds the argument that made decoding fail. Only a failure pays for
// it: encoding/json does not say where a type's own decoder refused a value.
func locate(b []byte, in any, err error) error {
	var value *schemas.ValueError
	if !errors.As(err, &value) {
		return refusal("the arguments cannot be read: %v", err)
	}
	if path := culprit(b, reflect.TypeOf(in).Elem()); path != "" {
		return refusal("%s: %v", path, value)
	}
	return refusal("%v", value)
}

func culprit(b []byte, t reflect.Type) string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Struct:
		return structCulprit(b, t)
	case reflect.Slice:
		var items []json.RawMessage
		if json.Unmarshal(b, &items) != nil {
			return ""
		}
		for i, item := range items {
			if json.Unmarshal(item, reflect.New(t.Elem()).Interface()) != nil {
				return "[" + strconv.Itoa(i) + "]" + dotted(culprit(item, t.Elem()))
			}
		}
	}
	return ""
}

func structCulprit(b []byte, t reflect.Type) string {
	var members map[string]json.RawMessage
	if json.Unmarshal(b, &members) != nil {
		return ""
	}
	for f := range t.Fields() {
		name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" {
			if path := structCulprit(b, f.Type); path != "" {
				return path
			}
			continue
		}
		member, ok := members[name]
		if !ok || json.Unmarshal(member, reflect.New(f.Type).Interface()) == nil {
			continue
		}
		return name + dotted(culprit(member, f.Type))
	}
	return ""
}

func dotted(path string) string {
	if path == "" || path[0] == '[' {
		return path
	}
	return "." + path
}
