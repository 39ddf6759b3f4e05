package config

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/agnivade/levenshtein"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/secret"
)

// moved reads the file that says where operations of the API are, when they
// are not where this version has them.
func (r *reading) moved(name string) []fisklapi.Endpoint {
	path := r.set[name].beside()
	switch {
	case path == "" || r.err != nil:
		return nil
	case secret.IsKey(r.set[name].Text):
		r.err = errors.New(misplaced(r.set[name], "a file")) // not quoted: it is the secret
		return nil
	}
	all, err := readMoved(path)
	if err != nil {
		r.refuse(name, err.Error())
	}
	return all
}

// movedTo is one table of the file: what stands there of an operation.
type movedTo struct {
	Method     string `toml:"method"`
	Path       string `toml:"path"`
	Permission string `toml:"permission"`
	Scope      string `toml:"scope"`
}

func readMoved(path string) ([]fisklapi.Endpoint, error) {
	text, info, err := slurp(path)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if problem := alterable(path, info); problem != "" {
		return nil, fmt.Errorf("decides where your key is used: %s", problem)
	}
	tables := make(map[string]movedTo)
	meta, err := toml.Decode(text, &tables)
	if _, broken := errors.AsType[toml.ParseError](err); broken {
		return nil, unreadable(err)
	}
	if err != nil {
		return nil, errors.New("has something else than tables such as [getCompany] with " + movedForm)
	}
	if err := foreign(meta); err != nil {
		return nil, err
	}
	var all []fisklapi.Endpoint
	for _, op := range slices.Sorted(maps.Keys(tables)) {
		t := tables[op]
		switch known := operations(); {
		case !slices.Contains(known, op):
			return nil, fmt.Errorf("has a table [%s], and there is no such operation; the nearest: %s", strings.Trim(secret.Quote(op), `"`), nearest(op, known))
		case t == movedTo{}:
			return nil, fmt.Errorf("has a table [%s] that says nothing; it can have %s", op, movedForm)
		}
		all = append(all, fisklapi.Endpoint{Operation: fisklapi.Operation(op), Method: t.Method, Path: t.Path, Permission: t.Permission, Scope: t.Scope})
	}
	return all, nil
}

// foreign refuses keys that are none of ours. The decoder takes Path for path,
// and of both in one table either.
func foreign(meta toml.MetaData) error {
	if odd := meta.Undecoded(); len(odd) > 0 {
		return fmt.Errorf("has %s; a table can have %s", secret.Quote(odd[0].String()), movedForm)
	}
	if i := slices.IndexFunc(meta.Keys(), func(k toml.Key) bool { return len(k) == 2 && k[1] != strings.ToLower(k[1]) }); i >= 0 {
		return fmt.Errorf("has %s, which is written in small letters", secret.Quote(meta.Keys()[i].String()))
	}
	return nil
}

// movedForm is what a table of the file may hold.
const movedForm = "method, path, permission and scope, each text in quotes"

func operations() []string {
	var names []string
	for _, e := range fisklapi.Endpoints() {
		names = append(names, string(e.Operation))
	}
	return names
}

// nearest lists the names that somebody may have meant.
func nearest(name string, known []string) string {
	const few = 3
	distance := func(other string) int {
		return levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(other))
	}
	sorted := slices.SortedStableFunc(slices.Values(known), func(a, b string) int { return cmp.Compare(distance(a), distance(b)) })
	return strings.Join(sorted[:few], ", ")
}
