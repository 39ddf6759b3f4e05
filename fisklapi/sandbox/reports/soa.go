package reports

import (
	"cmp"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// StatementOfAccount is what one client was billed and paid, in each currency by itself.
type StatementOfAccount struct {
	Head
	ClientID   int64           `json:"clientId"`
	ClientName string          `json:"clientName"`
	Sections   []ClientSection `json:"sections"`
}

// ClientSection is a client's account in one currency.
type ClientSection struct {
	Currency string       `json:"currency"`
	Opening  Minor        `json:"opening"`
	Lines    []ClientLine `json:"lines,omitempty"`
	Closing  Minor        `json:"closing"`
}

// ClientLine is an invoice or a payment. A positive amount is owed by the client.
type ClientLine struct {
	Date        Date   `json:"date"`
	Type        string `json:"type"`
	ID          int64  `json:"id"`
	Number      string `json:"number,omitempty"`
	Description string `json:"description,omitempty"`
	Amount      Minor  `json:"amount"`
	Balance     Minor  `json:"balance"`
}

// StatementOfAccount is the account of one client over a period. A client without any movement has no sections.
func (r *Reports) StatementOfAccount(q Query) (StatementOfAccount, error) {
	p, err := r.period(q)
	if err != nil {
		return StatementOfAccount{}, err
	}
	if q.Client == 0 {
		return StatementOfAccount{}, refuse("clientId: must be given; GET /v1/clients lists the clients")
	}
	if err := r.checkClient(q.Client); err != nil {
		return StatementOfAccount{}, err
	}
	client := ledger.Ref{Kind: books.KindClient, ID: q.Client}
	return StatementOfAccount{
		Head: r.over("Statement of Account", p, ""), ClientID: q.Client, ClientName: r.contactName(client, ""),
		Sections: r.clientSections(client, p),
	}, nil
}

func (r *Reports) clientSections(client ledger.Ref, p Period) []ClientSection {
	sections := []ClientSection{}
	v := r.view(Accrual)
	a := v.account(ledger.Receivable)
	for _, e := range a.entries[:a.until(p.End)] {
		l := v.lines[e.line]
		t := r.books.Ledger().At(int(l.transaction))
		if t.Contact() != client {
			continue
		}
		i := slices.IndexFunc(sections, func(s ClientSection) bool { return s.Currency == l.Currency })
		if i < 0 {
			i = len(sections)
			sections = append(sections, ClientSection{Currency: l.Currency})
		}
		sections[i].take(t, l, p)
	}
	sections = slices.DeleteFunc(sections, func(s ClientSection) bool { return s.Opening == 0 && len(s.Lines) == 0 })
	slices.SortFunc(sections, func(a, b ClientSection) int { return cmp.Compare(a.Currency, b.Currency) })
	return sections
}

// take lets one line count, before the period in the opening balance.
func (s *ClientSection) take(t ledger.Transaction, l line, p Period) {
	s.Closing += l.Amount
	if l.date < p.Start {
		s.Opening += l.Amount
		return
	}
	_, id := record(t)
	s.Lines = append(s.Lines, ClientLine{
		Date: l.date, Type: string(t.Kind()), ID: id, Number: t.Number(), Description: t.Description(),
		Amount: l.Amount, Balance: s.Closing,
	})
}
