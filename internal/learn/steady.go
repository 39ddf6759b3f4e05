package learn

import (
	"context"
	"maps"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/internal/dialect"
)

// steady asks again what was asked at first, and reports whether the answers
// are of the same form. It asks twice, for a form may take turns.
func (s *session) steady(ctx context.Context) bool {
	for _, op := range []fisklapi.Operation{fisklapi.OpListClients, fisklapi.OpListInvoices} {
		r := s.readings[op]
		if len(r.bodies) == 0 {
			continue
		}
		for range 2 {
			body, err := s.ask(ctx, r.endpoint, r.ids, r.query)
			if err == nil && !s.alike(r.form, r.bodies[0], body) {
				return false
			}
		}
	}
	return true
}

// alike reports two answers that are read in the same way.
func (s *session) alike(form *dialect.Form, a, b *dialect.Node) bool {
	one, errOne := dialect.Infer(form, a, dialect.Known{Places: s.places})
	two, errTwo := dialect.Infer(form, b, dialect.Known{Places: s.places})
	if errOne != nil || errTwo != nil {
		return (errOne == nil) == (errTwo == nil)
	}
	return one.Single == two.Single && len(one.Answer) == len(two.Answer) && maps.Equal(one.Members, two.Members) &&
		one.Money.Major() == two.Money.Major() && one.Days == two.Days
}
