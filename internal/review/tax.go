package review

import (
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// habit is how often lines had tax, and how often not.
type habit struct{ with, without int }

// steady is how many earlier lines make a habit, all of one kind.
const steady = 3

func (h habit) always(enough int) bool { return h.without == 0 && h.with >= enough }
func (h habit) never(enough int) bool  { return h.with == 0 && h.without >= enough }

func (h *habit) add(l schemas.LedgerLine) {
	if l.Tax.Decimal().IsZero() {
		h.without++
	} else {
		h.with++
	}
}

// taxHabits finds sales without tax to clients, or of products, that always had
// it before, and the other way about. What a client buys decides before who it is.
func taxHabits(b *Books) (out []finding) {
	clients, products, both := make(map[string]*habit), make(map[string]*habit), make(map[string]*habit)
	see := func(m map[string]*habit, key string) *habit {
		if m[key] == nil {
			m[key] = new(habit)
		}
		return m[key]
	}
	var own []schemas.LedgerLine
	for _, l := range b.Sales {
		if l.Tax == "" || l.Contact == "" || journal(l) {
			continue
		}
		if b.covers(l.Date) {
			own = append(own, l)
			continue
		}
		client, product := strings.ToLower(l.Contact), strings.ToLower(l.Description)
		see(clients, client).add(l)
		see(products, product).add(l)
		see(both, client+"\n"+product).add(l)
	}
	for _, l := range own {
		client, product := strings.ToLower(l.Contact), strings.ToLower(l.Description)
		what := unusual(l.Tax.Decimal().IsZero(), *see(clients, client), *see(products, product), *see(both, client+"\n"+product))
		if what == "" {
			continue
		}
		f := finding{Finding: schemas.Finding{
			Severity: schemas.SeverityMedium, What: what, Evidence: []schemas.Evidence{b.ofLine(l)},
			Next: document(b.ofLine(l)),
		}}
		out = append(out, f.at(l.Amount.Decimal().Abs(), b.Currency, b.Currency))
	}
	return out
}

// unusual says what is unusual about the tax of a line; empty when nothing is.
func unusual(untaxed bool, client, product, both habit) string {
	switch {
	case untaxed && expected(habit.always, habit.never, client, product, both):
		return "a sale without tax, to a client or of a product that always had it before"
	case !untaxed && expected(habit.never, habit.always, client, product, both):
		return "a sale with tax, to a client or of a product that never had it before"
	default:
		return ""
	}
}

// expected reports that the other way was the habit: of this product with this
// client or, where the client never had the product, of the client, unless the
// product's own habit says otherwise; or, with a new client, of the product.
func expected(is, not func(habit, int) bool, client, product, both habit) bool {
	switch {
	case both != habit{}:
		return is(both, 2)
	case client != habit{}:
		return is(client, steady) && !not(product, 1)
	default:
		return is(product, steady)
	}
}
