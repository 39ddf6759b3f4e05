package schemas

import "slices"

// currencySet collects currencies, each once, in the order in which they come.
type currencySet []string

func (c *currencySet) add(code string) {
	if code != "" && !slices.Contains(*c, code) {
		*c = append(*c, code)
	}
}

// currenciesOf are those of rows.
func currenciesOf[T any](rows []T, of func(*T) string) currencySet {
	var all currencySet
	for i := range rows {
		all.add(of(&rows[i]))
	}
	return all
}

func (c currencySet) withSums(sums []Sum) currencySet {
	for _, s := range sums {
		c.add(s.Currency)
	}
	return c
}

// Currencies has that of the books.
func (h ReportHead) Currencies() []string { return currencySet{h.Currency} }

// Currencies has that of every amount.
func (a Amounts) Currencies() []string { return currencySet{a.Currency} }

// Currencies has that of the payment.
func (p Payment) Currencies() []string { return currencySet{p.Currency} }

// Currencies has that of the price.
func (p ProductRow) Currencies() []string { return currencySet{p.Currency} }

// Currencies has that of new documents.
func (c Contact) Currencies() []string { return currencySet{c.Currency} }

// Currencies has that of the books.
func (c Company) Currencies() []string { return currencySet{c.Currency} }

// Currencies has that of the books.
func (c Context) Currencies() []string { return currencySet{c.BaseCurrency} }

// Currencies has that of the books.
func (t InvoiceTotals) Currencies() []string { return currencySet{t.Currency} }

// Currencies has that of the books and those of what the findings rest on.
func (r Review) Currencies() []string {
	all := currencySet{}
	all.add(r.Currency)
	for _, f := range r.Findings {
		all.add(f.Currency)
		for _, e := range f.Evidence {
			all.add(e.Currency)
		}
	}
	return all
}

// Currencies has those of the accounts.
func (l AccountList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *Account) string { return r.Currency })
}

// Currencies has those of what was sent and paid.
func (l ActionList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *AgentAction) string { return r.Currency })
}

// Currencies has those of the clients' documents.
func (l ClientList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *ContactRow) string { return r.Currency })
}

// Currencies has those of the vendors' documents.
func (l VendorList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *ContactRow) string { return r.Currency })
}

// Currencies has those of the prices.
func (l ProductList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *ProductRow) string { return r.Currency })
}

// Currencies has those of the quotes.
func (l QuoteList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *QuoteRow) string { return r.Currency })
}

// Currencies has those of the invoices.
func (l InvoiceList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *InvoiceRow) string { return r.Currency }).withSums(l.Sums)
}

// Currencies has those of the payments.
func (l PaymentList) Currencies() []string {
	return currenciesOf(l.Rows, func(r *PaymentRow) string { return r.Currency }).withSums(l.Sums)
}

// Currencies has those of what the clients were billed.
func (t TopClients) Currencies() []string {
	return currenciesOf(t.Rows, func(r *TopClient) string { return r.Currency })
}

// Currencies has that of a report in the file, and those of a list's rows and of
// totals.
func (e Export) Currencies() []string {
	var all currencySet
	all.add(e.Currency)
	all = all.withSums(e.Sums)
	for _, t := range e.Totals {
		all.add(t.Currency)
	}
	return all
}

// Currencies has that of the books, and those of the documents.
func (a Aging) Currencies() []string {
	all := currencySet{a.Currency}
	for _, r := range a.Rows {
		for _, d := range r.Documents {
			all.add(d.Currency)
		}
	}
	return all
}

// Currencies has that of the books, and those of the client's documents.
func (s StatementOfAccount) Currencies() []string {
	all := currencySet{s.Currency}
	for _, section := range s.Sections {
		all.add(section.Currency)
	}
	return all
}

// Currencies has that of the books, and those that are reported in.
func (r TaxReport) Currencies() []string {
	all := currencySet{r.Currency}
	for _, a := range r.Agencies {
		all.add(a.Currency)
	}
	return all
}
