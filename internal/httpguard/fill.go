package httpguard

import (
	"bytes"
	"context"
	"slices"
)

// filling is what takes the place of an empty member of a result.
type filling struct{ member, members []byte }

// Fill puts members, which write writes as JSON, in the place of a member of
// the result that the handler or hook of ctx's request then leaves as an empty
// list. The library marshals what it is given, compacts it, and compacts it
// again with the rest of the answer: of a long result that costs more than to
// make it. The last filling counts. Fill reports false when write fails, and
// outside the guard, where nobody would put anything in: the result must then
// be whole.
func Fill(ctx context.Context, member string, write func() ([]byte, error)) bool {
	x := from(ctx)
	if x == nil {
		return false
	}
	members, err := write()
	if err != nil {
		return false
	}
	x.filling.Store(&filling{[]byte(`"` + member + `":[]`), members})
	return true
}

// fill puts the filling in. Only a result has such a member: what a caller
// wrote comes back in strings, where quotes are escaped.
func (x *exchange) fill(p []byte) []byte {
	f := x.filling.Load()
	if f == nil {
		return p
	}
	before, after, found := bytes.Cut(p, f.member)
	if !found {
		return p
	}
	return slices.Concat(before, f.members, after)
}
