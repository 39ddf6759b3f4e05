package fisklapi

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"

	fastjson "github.com/segmentio/encoding/json"
)

// envelope is one page of a list, whatever it came wrapped in. Fiskl prints
// only bare arrays; its short-page rule suggests that all lists are. Wrappers
// as Spring makes them, or any object with exactly one list in it, are read
// too.
type envelope[W any] struct {
	rows []W

	// last tells whether this is the last page, when the wrapper says so.
	last *bool
}

// open reads a page. member is the name of the list, where it is known. A bare
// array is decoded in one pass and by a faster decoder than the standard
// library's, because lists are the largest answers there are.
func open[W any](a answer, member string) (envelope[W], error) {
	var e envelope[W]
	list, wrapper := a.body, map[string]json.RawMessage(nil)
	if !bytes.HasPrefix(bytes.TrimSpace(list), []byte("[")) {
		err := json.Unmarshal(a.body, &wrapper)
		if err == nil {
			list, err = inner(wrapper, member)
		}
		if err != nil {
			return e, undecodable(a, err)
		}
	}
	if last, ok := wrapper["last"]; ok && json.Unmarshal(last, &e.last) != nil {
		e.last = nil
	}
	if err := fastjson.Unmarshal(list, &e.rows); err != nil {
		return e, undecodable(a, err)
	}
	for i := range e.rows {
		if err := check(&e.rows[i]); err != nil {
			return e, undecodable(a, err)
		}
	}
	return e, nil
}

// inner finds the list in a wrapper.
func inner(wrapper map[string]json.RawMessage, member string) ([]byte, error) {
	if member != "" {
		if list, ok := wrapper[member]; ok {
			return list, nil
		}
		return []byte("[]"), nil // an empty list is left out, as every empty value is
	}
	for _, name := range []string{"content", "items", "data", "results"} {
		if list, ok := wrapper[name]; ok {
			return list, nil
		}
	}
	var found []byte
	for _, v := range wrapper {
		if !bytes.HasPrefix(bytes.TrimSpace(v), []byte("[")) {
			continue
		}
		if found != nil {
			return nil, errors.New("a list was expected, and the answer holds several")
		}
		found = v
	}
	if found == nil {
		return nil, errors.New("a list was expected, and the answer holds none")
	}
	return found, nil
}

// isLast applies Fiskl's rule (documented): a page that is not full is the
// last one. More rows than were asked for are a list that is not paged.
func (e envelope[W]) isLast() bool {
	if e.last != nil && len(e.rows) > 0 {
		return *e.last
	}
	return len(e.rows) != pageSize
}

// start is the index in this page of the record at an offset of the list.
func (e envelope[W]) start(offset int) int {
	if len(e.rows) > pageSize {
		return offset
	}
	return offset % pageSize
}

// repeats reports that a page begins with the same record as the page before
// it, as happens when a server ignores the page parameter or gives smaller
// pages than it is asked for. It keeps that record in first.
func (e envelope[W]) repeats(first *any) bool {
	if len(e.rows) == 0 {
		return false
	}
	before := *first
	*first = e.rows[0]
	return reflect.DeepEqual(before, *first)
}

// endless describes a list whose pages repeat.
func endless(e Endpoint) error {
	return &Error{Kind: Unexpected, Endpoint: e, Message: "it gave the same page twice, so the list cannot be read to its end"}
}
