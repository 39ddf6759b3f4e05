package schemas

import "github.com/shopspring/decimal"

// Gaps finds sides that the accounts do not add up to, and sides that differ.
func (b TrialBalance) Gaps() []string {
	var g gaps
	var debits, credits []Money
	for _, r := range b.Rows {
		debits, credits = append(debits, r.Debit), append(credits, r.Credit)
	}
	g.sum("debit", b.Totals.Get("debit"), "the accounts come to", debits...)
	g.sum("credit", b.Totals.Get("credit"), "the accounts come to", credits...)
	if debit := b.Totals.Get("debit"); debit != "" {
		g.sum("credit", b.Totals.Get("credit"), "debit is", debit)
	}
	return g
}

// Gaps finds contacts and buckets that do not add up.
func (a Aging) Gaps() []string {
	var g gaps
	var totals []Money
	buckets := make([][]Money, len(a.Buckets))
	for _, r := range a.Rows {
		totals = append(totals, r.Total)
		_, id := r.Contact()
		of := "the total of " + a.contact() + " " + string(id)
		if len(r.Amounts) > 0 {
			g.sum(of, r.Total, "its buckets come to", r.Amounts...)
		}
		for i, amount := range r.Amounts[:min(len(r.Amounts), len(buckets))] {
			buckets[i] = append(buckets[i], amount)
		}
		if len(r.Documents) > 0 {
			var documents []Money
			for _, d := range r.Documents {
				documents = append(documents, d.Base)
			}
			g.sum(of, r.Total, "its documents come to", documents...)
		}
	}
	for i, name := range a.Buckets {
		g.sum("the total of "+Name(name), a.Totals.Get(name), "the rows come to", buckets[i]...)
	}
	g.sum("total", a.Totals.Get("total"), "the rows come to", totals...)
	return g
}

// Gaps finds sections that their rates do not add up to, and agencies whose
// balance does not follow from the tax of the period.
func (r TaxReport) Gaps() []string {
	var g gaps
	for _, a := range r.Agencies {
		taxes := make([]Money, 0, len(a.Sections))
		for _, s := range a.Sections {
			taxes = append(taxes, s.Tax)
			s.gaps(&g, Name(a.Agency)+" "+Name(s.Name))
		}
		g.sum("tax_total of "+Name(a.Agency), a.TotalTax, "its sections come to", taxes...)
		g.sum("closing of "+Name(a.Agency), a.Closing, "opening, tax_total and payments make", a.Opening, a.TotalTax, a.Payments)
	}
	return g
}

// gaps holds a section against its rates. What several rates were charged on
// counts once in its net, so that may be less than its rows come to.
func (s TaxSection) gaps(g *gaps, name string) {
	g.sum("gross of "+name, s.Gross, "net and tax make", s.Net, s.Tax)
	if len(s.Rows) == 0 {
		g.sum("tax of "+name, s.Tax, "its rates come to")
		return
	}
	var tax []Money
	sum, most := decimal.Zero, decimal.Zero
	for _, r := range s.Rows {
		tax = append(tax, r.Tax)
		g.sum("gross of "+name+", "+Name(r.Name), r.Gross, "net and tax make", r.Net, r.Tax)
		sum = sum.Add(r.Net.Decimal().Abs())
		most = decimal.Max(most, r.Net.Decimal().Abs())
	}
	g.sum("tax of "+name, s.Tax, "its rates come to", tax...)
	if net := s.Net.Decimal().Abs(); net.GreaterThan(sum) || len(s.Rows) == 1 && !net.Equal(most) {
		g.equal("net of "+name, Money(net.StringFixed(max(0, -net.Exponent()))), "its rates come to", sum)
	}
}

// Gaps finds accounts whose balance does not follow from their movement.
func (l Ledger) Gaps() []string {
	var g gaps
	for _, a := range l.Accounts {
		moved := a.Opening.Decimal().Add(a.Debit.Decimal()).Sub(a.Credit.Decimal())
		if a.Closing != "" {
			g.equal("closing of account "+Name(a.Account), a.Closing, "opening, debit and credit make", moved)
		}
	}
	return g
}

// Gaps finds balances that do not follow from the lines.
func (s StatementOfAccount) Gaps() []string {
	var g gaps
	for _, section := range s.Sections {
		parts := []Money{section.Opening}
		for _, l := range section.Lines {
			parts = append(parts, l.Amount)
		}
		g.sum("closing in "+section.Currency, section.Closing, "opening and lines make", parts...)
	}
	return g
}

// Gaps finds totals that the lines do not add up to, and what is owed where it
// does not follow from total and payments.
func (i Invoice) Gaps() []string {
	g := gaps(i.footed(i.Lines))
	if i.Outstanding != "" && i.Paid != "" && i.Total != "" {
		g.equal("outstanding", i.Outstanding, "total less paid is", i.Total.Decimal().Sub(i.Paid.Decimal()))
	}
	return g
}

// Gaps finds totals that the lines do not add up to.
func (q Quote) Gaps() []string { return q.footed(q.Lines) }

// footed holds the amounts of a document against its lines.
func (a Amounts) footed(l Lines) []string {
	var g gaps
	g.sum("total", a.Total, "subtotal and tax_total make", a.Subtotal, a.TaxTotal)
	if len(l.Items) == 0 || l.ItemsOmitted > 0 {
		return g
	}
	var totals []Money
	for _, item := range l.Items {
		totals = append(totals, item.Total)
	}
	g.sum("total", a.Total, "the lines come to", totals...)
	return g
}
