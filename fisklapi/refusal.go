package fisklapi

import (
	"bytes"
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// refusal finds an error in the answer to a write whose status says success,
// and what Fiskl says of it. How Fiskl writes such errors, and whether it does
// at all, is not documented: these are the ways of the usual servers.
func refusal(body []byte) (words string, refused bool) {
	var v any
	d := json.NewDecoder(bytes.NewReader(unmarked(body)))
	d.UseNumber()
	if d.Decode(&v) != nil {
		return "", false
	}
	if v == false {
		return "", true
	}
	at := refusing(v, 0)
	if at == nil {
		return "", false
	}
	return schemas.Clean(cmp.Or(saidIn(at), said(body, false)), maxSaid), true
}

// saidIn is what an object says of why it refuses: in words of its own, or in
// those of the member that is the error.
func saidIn(o map[string]any) string {
	if own := words(o, 0); own != "" {
		return own
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if w := words(o[name], 0); w != "" && refuses(name, o[name], o) {
			return w
		}
	}
	return ""
}

// refusing finds the object in a value that says that it is an error.
func refusing(v any, depth int) map[string]any {
	if depth > maxDeep {
		return nil
	}
	switch v := v.(type) {
	case []any:
		if len(v) == 1 {
			return refusing(v[0], depth+1)
		}
	case map[string]any:
		names := slices.Sorted(maps.Keys(v))
		if slices.ContainsFunc(names, func(name string) bool { return refuses(name, v[name], v) }) {
			return v
		}
		for _, name := range names {
			if at := refusing(v[name], depth+1); at != nil {
				return at
			}
		}
	}
	return nil
}

// refuses reports a member of an object that says that it is an error.
func refuses(name string, value any, beside map[string]any) bool {
	switch strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name)) {
	case "error", "errors", "fault", "faults", "exception", "exceptions", "violations", "validationerrors", "fielderrors",
		"errormessage", "errormessages", "errordescription", "errorcode", "errortype":
		return !hollow(value)
	case "success", "successful", "issuccess", "succeeded", "ok":
		return value == false || value == "false"
	case "failed", "failure", "iserror", "haserror", "haserrors":
		return value == true || value == "true"
	case "status", "result", "state", "outcome", "statuscode", "httpstatus", "httpcode":
		return failing(value)
	case "code":
		return beside["id"] == nil && failing(value)
	default:
		return false
	}
}

// hollow reports a member that is there and says nothing.
func hollow(v any) bool {
	switch v := v.(type) {
	case nil:
		return true
	case bool:
		return !v
	case string:
		return strings.TrimSpace(v) == "" || slices.Contains([]string{"none", "null", "false", "0", "ok"}, strings.ToLower(v))
	case json.Number:
		return v == "0"
	case []any:
		return !slices.ContainsFunc(v, func(one any) bool { return !hollow(one) })
	case map[string]any:
		return hollow(slices.Collect(maps.Values(v)))
	default:
		return false
	}
}

// failing reports a word or an HTTP status that says that something failed.
func failing(v any) bool {
	word := scalar(v)
	if n, err := strconv.Atoi(word); err == nil {
		return n >= 400 && n < 600
	}
	return slices.Contains([]string{
		"error", "fail", "failed", "failure", "rejected", "refused", "declined", "denied", "invalid", "aborted",
		"badrequest", "validationerror", "forbidden", "unauthorized", "conflict", "notfound", "unprocessable",
	}, strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(word)))
}

// idIn is the id of the record that an answer names, where it is not more than
// that: by itself, inside a wrapper, or as the address of what was made.
func idIn(a answer) schemas.ID {
	var v any
	d := json.NewDecoder(bytes.NewReader(unmarked(a.body)))
	d.UseNumber()
	if d.Decode(&v) == nil {
		if key := idOf(v, 0); key != "" {
			return key
		}
	}
	path, _, _ := strings.Cut(a.location, "?")
	key, err := schemas.ParseID(path[strings.LastIndexByte(path, '/')+1:])
	if err != nil {
		return ""
	}
	return key
}

// unmarked is a body without the byte order mark that some servers begin with.
func unmarked(body []byte) []byte { return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf")) }

func idOf(v any, depth int) schemas.ID {
	if list, ok := v.([]any); ok && len(list) == 1 {
		v = list[0]
	}
	o, ok := v.(map[string]any)
	if !ok || depth > maxDeep {
		return ""
	}
	for _, name := range []string{"id", "ID", "_id", "uuid", "resourceId", "recordId"} {
		if key, err := schemas.ParseID(scalar(o[name])); err == nil && key != "" {
			return key
		}
	}
	for _, name := range []string{"data", "result", "invoice", "payment", "client", "vendor", "product", "item", "record", "resource", "response", "payload", "attributes"} {
		if key := idOf(o[name], depth+1); key != "" {
			return key
		}
	}
	return ""
}
