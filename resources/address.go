package resources

import (
	"net/url"
	"slices"
	"strings"
	"unicode"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// address is an address taken apart: fiskl://folder/id?query.
type address struct {
	uri    string // as it came
	folder string
	id     string // empty where the folder is all
	query  map[string]string
}

// longestAddress keeps addresses to what somebody could mean.
const longestAddress = 1000

// noAddressError is what no resource can be at.
type noAddressError struct{}

func (noAddressError) Error() string { return "not an address" }

// parse takes an address apart. What it says is decoded once, after it was
// split, so that nothing in an id can become a part of the address. An id is
// never a path, though a number such as INV/2026/7 has slashes, encoded.
func parse(uri string) (address, error) {
	rest, ok := strings.CutPrefix(uri, schemas.Scheme)
	if !ok || len(uri) > longestAddress || strings.Contains(uri, "#") {
		return address{}, noAddressError{}
	}
	path, query, _ := strings.Cut(rest, "?")
	a := address{uri: uri, query: make(map[string]string)}
	folder, id, deeper := strings.Cut(path, "/")
	var err error
	if a.folder, err = plain(folder); err != nil {
		return address{}, err
	}
	if deeper {
		if a.id, err = plain(id); err != nil {
			return address{}, err
		}
	}
	return a, a.ask(query)
}

// plain decodes a part of an address.
func plain(part string) (string, error) {
	decoded, err := url.PathUnescape(part)
	if err != nil || strings.Contains(part, "/") || !sound(decoded) {
		return "", noAddressError{}
	}
	return decoded, nil
}

// ask takes the parameters in. An empty one is as good as none.
func (a address) ask(query string) error {
	values, err := url.ParseQuery(query)
	if err != nil {
		return noAddressError{}
	}
	for name, given := range values {
		if len(given) != 1 {
			return &schemas.ArgumentError{Argument: name, Problem: "is given twice"}
		}
		if given[0] != "" {
			a.query[name] = given[0]
		}
	}
	return nil
}

// sound reports a part of an address that can be somebody's word for a record.
func sound(part string) bool {
	return part != "" && part != "." && part != ".." && !strings.Contains(part, `\`) &&
		strings.IndexFunc(part, func(r rune) bool { return unicode.IsControl(r) || r == unicode.ReplacementChar }) < 0
}

// only refuses parameters that an address does not take.
func (a address) only(known []string) error {
	for name := range a.query {
		if !slices.Contains(known, name) {
			problem := "is not a parameter of this address"
			if len(known) > 0 {
				problem += "; there are: " + strings.Join(known, ", ")
			}
			return &schemas.ArgumentError{Argument: schemas.Quoted(name, 40), Problem: problem}
		}
	}
	return nil
}
