package fisklapi

import (
	"context"
	"net/url"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

type wireStatement struct {
	wireHead
	ClientID   id                 `json:"clientId"`
	ClientName text               `json:"clientName"`
	Sections   []wireStatementOne `json:"sections"   form:"required"`
}

// wireStatementOne is the statement in one currency.
type wireStatementOne struct {
	Currency text                `json:"currency" form:"required"`
	Opening  *int64              `json:"opening"  form:"required"`
	Closing  *int64              `json:"closing"  form:"required"`
	Lines    []wireStatementLine `json:"lines"    form:"soft"`
}

func (wireStatementOne) checks() []string { return []string{"closing = opening + sum(lines.amount)"} }

type wireStatementLine struct {
	Date        day    `json:"date"        form:"required"`
	Type        text   `json:"type"        form:"required"`
	ID          id     `json:"id"          form:"soft"`
	Number      text   `json:"number"      form:"soft"`
	Description prose  `json:"description"`
	Amount      *int64 `json:"amount"      form:"required"`
	Balance     *int64 `json:"balance"     form:"required"`
}

// Statement returns what one client was billed and paid in a period, a
// currency each.
//
//	GET /v1/reports/statement-of-account
func (s Reports) Statement(ctx context.Context, in schemas.StatementArgs) (schemas.StatementOfAccount, error) {
	covered, err := s.c.Periods.OrDefault(ctx, in.Period)
	if err != nil {
		return schemas.StatementOfAccount{}, err
	}
	client, out, err := reading(ctx, s.c, s.c.Clients.finder(), in.Client, func(ctx context.Context, client schemas.ID) (schemas.StatementOfAccount, error) {
		return s.ofClient(ctx, client, covered)
	})
	if err != nil {
		return schemas.StatementOfAccount{}, err
	}
	out.Client = string(client.Name)
	return out, nil
}

func (s Reports) ofClient(ctx context.Context, client schemas.ID, covered schemas.Range) (schemas.StatementOfAccount, error) {
	query := url.Values{"clientId": {string(client)}}
	span(query, covered)
	w, err := do[wireStatement](ctx, s.c, request{op: OpGetStatementOfAccount, query: query})
	if err == nil {
		err = s.c.answers(OpGetStatementOfAccount, w.wireHead, query)
	}
	if err == nil && w.ClientID.key != client {
		err = s.c.otherwise(OpGetStatementOfAccount, "asked for client %s, it answered for %s", client, w.ClientID.key)
	}
	if err == nil {
		err = s.moved(w)
	}
	if err != nil {
		return schemas.StatementOfAccount{}, err
	}
	out := w.noun(s.c.minor, covered)
	out.ClientID = client
	return out, nil
}

// moved refuses a statement whose balance moved and that has no lines.
func (s Reports) moved(w wireStatement) error {
	for _, one := range w.Sections {
		if len(one.Lines) == 0 && units(one.Opening) != units(one.Closing) {
			return s.c.otherwise(OpGetStatementOfAccount, "its balance in %s moved, and it has no lines that say how", one.Currency)
		}
	}
	return nil
}

func (w wireStatement) noun(m MinorUnits, covered schemas.Range) schemas.StatementOfAccount {
	out := schemas.StatementOfAccount{ReportHead: w.wireHead.noun(covered), Sections: make([]schemas.StatementSection, 0, len(w.Sections))}
	for _, s := range w.Sections {
		own := string(s.Currency)
		section := schemas.StatementSection{
			Currency: own, Opening: m.decimal(s.Opening, own), Closing: m.decimal(s.Closing, own),
			Lines: make([]schemas.StatementLine, 0, len(s.Lines)),
		}
		for _, l := range s.Lines {
			section.Lines = append(section.Lines, schemas.StatementLine{
				Date: schemas.Date(l.Date), Type: string(l.Type), ID: l.ID.key, Number: string(l.Number),
				Description: string(l.Description), Amount: m.decimal(l.Amount, own), Balance: m.decimal(l.Balance, own),
			})
		}
		out.Sections = append(out.Sections, section)
	}
	return out
}
