package tools

import (
	"context"
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// payments writes payments with the account that each went to, and what it came
// to there in the base currency.
func (e exporting) payments(in schemas.ListExport, covered schemas.Period) source {
	p := &postings{e: e}
	return func(ctx context.Context, cursor string) (part, error) {
		l, err := e.c.api.Payments.List(ctx, schemas.PaymentFilter{Client: in.Client, Period: covered, PageArgs: at(cursor)})
		if err != nil {
			return part{}, err
		}
		rows, err := p.rows(ctx, l)
		if err != nil {
			return part{}, err
		}
		page := schemas.Page[schemas.PaymentFileRow]{Rows: rows, Count: l.Count, Complete: l.Complete, NextCursor: l.NextCursor}
		made := parted(page, schemas.Export{Of: l.Heading(), Range: l.Range, Client: l.Client})
		made.doubts = l.Doubts()
		return summed(made, l.Rows, schemas.SumPayments), nil
	}
}

// postings finds what payments came to in the accounts that they went to.
type postings struct {
	e        exporting
	base     string
	accounts map[schemas.ID]schemas.Account
	read     map[schemas.ID]bool          // accounts
	amounts  map[schemas.ID]schemas.Money // by the payment
}

func (p *postings) rows(ctx context.Context, l schemas.PaymentList) ([]schemas.PaymentFileRow, error) {
	if err := p.begin(ctx); err != nil {
		return nil, err
	}
	if err := p.look(ctx, l); err != nil {
		return nil, err
	}
	rows := make([]schemas.PaymentFileRow, 0, len(l.Rows))
	for _, r := range l.Rows {
		account := p.accounts[r.AccountID]
		row := schemas.PaymentFileRow{PaymentRow: r, AccountID: r.AccountID, Account: account.Name, Code: account.Code, BaseCurrency: p.base}
		row.BaseAmount = p.amounts[r.ID]
		if r.Currency == p.base {
			row.BaseAmount = r.Amount
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// begin reads the company and its accounts. Accounts have no names where the
// chart cannot be read.
func (p *postings) begin(ctx context.Context) error {
	if p.accounts != nil {
		return nil
	}
	company, err := p.e.c.api.Companies.Get(ctx)
	if err != nil {
		return err
	}
	p.base, p.accounts = company.Currency, make(map[schemas.ID]schemas.Account)
	p.read, p.amounts = make(map[schemas.ID]bool), make(map[schemas.ID]schemas.Money)
	chart, err := p.e.c.api.Accounts.Chart(ctx)
	for _, a := range chart {
		p.accounts[a.ID] = a
	}
	return ctxError(ctx, err)
}

// look reads the ledger of the accounts that payments in other currencies went
// to. Where a credential may not, their amounts stay unknown.
func (p *postings) look(ctx context.Context, l schemas.PaymentList) error {
	accounts := p.unread(l.Rows)
	if len(accounts) == 0 {
		return nil
	}
	for cursor, pages := "", 0; pages < maxExported/atOnce; pages++ {
		ask := schemas.TransactionArgs{LedgerArgs: schemas.LedgerArgs{Accounts: accounts, PageArgs: at(cursor)}}
		ask.Start, ask.End = l.Start, l.End
		lines, err := p.e.c.api.Reports.Transactions(ctx, ask)
		if err != nil {
			return ctxError(ctx, err)
		}
		for _, line := range lines.Rows {
			if line.RecordType == "payment" && line.RecordID != "" {
				p.amounts[line.RecordID] = line.Amount
			}
		}
		if cursor = lines.NextCursor; cursor == "" {
			break
		}
	}
	return nil
}

// unread are the accounts that payments in other currencies went to, but for
// those that have been read.
func (p *postings) unread(rows []schemas.PaymentRow) []string {
	var accounts []string
	for _, r := range rows {
		if r.Currency != p.base && r.AccountID != "" && !p.read[r.AccountID] {
			p.read[r.AccountID] = true
			accounts = append(accounts, string(r.AccountID))
		}
	}
	slices.Sort(accounts)
	return accounts
}

// ctxError is the error of a reading that a file can do without: none, unless
// the call has ended.
func ctxError(ctx context.Context, err error) error {
	if err != nil && ctx.Err() != nil {
		return err
	}
	return nil
}
