package demo

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"

// line is one line of an invoice or a quote: so many of an article. Plus is the most the quantity may be larger by, as
// the seed decides. A name or a price replaces the article's.
type line struct {
	article  string
	quantity int
	plus     int
	name     string
	price    books.Minor
}

// retainer is work billed again and again: count invoices, the newest so many days ago and the others every so many
// days before it, each paid so many days after its date.
type retainer struct {
	client               string
	newest, every, count int
	terms, paidAfter     int
	lines                []line
}

// No invoice of a retainer is overdue: whoever pays late has no invoice whose age lies between terms and payment.
func retainers() []retainer {
	return []retainer{
		{"acme", 12, 30, 18, 30, 24, []line{{article: "retainer", quantity: 1}}},
		{"northwind", 20, 30, 17, 30, 26, []line{{article: "care", quantity: 1}, {article: "design", quantity: 8, plus: 5}}},
		{"heron", 8, 30, 18, 30, 21, []line{{article: "direction", quantity: 3, plus: 2}, {article: "artwork", quantity: 1}}},
		{"brightwater", 5, 60, 9, 14, 2, []line{{article: "care", quantity: 2}}},
		{"stone", 36, 45, 11, 30, 35, []line{{article: "design", quantity: 16, plus: 8}}},
		{"oleary", 40, 60, 9, 30, 27, []line{{article: "design", quantity: 10, plus: 4}, {article: "book", quantity: 10}}},
		{"mueller", 17, 45, 12, 30, 29, []line{{article: "eudesign", quantity: 20, plus: 8}}},
		{"lumiere", 66, 60, 8, 30, 38, []line{{article: "eudesign", quantity: 6, plus: 3}}},
		{"retail", 27, 90, 6, 30, 30, []line{{article: "eudesign", quantity: 14, plus: 4}, {article: "poster", quantity: 12}}},
		{"cascade", 15, 30, 14, 30, 24, []line{{article: "usdesign", quantity: 18, plus: 8}}},
		{"pacific", 25, 75, 4, 30, 33, []line{{article: "usdesign", quantity: 12, plus: 4}}},
		{"fern", 140, 90, 3, 30, 26, []line{{article: "poster", quantity: 40}}},
		{"oldmill", 320, 40, 5, 30, 30, []line{{article: "book", quantity: 20, plus: 10}}},
	}
}

// job is a single invoice and what became of it.
type job struct {
	client     string
	age, terms int
	lines      []line
	payments   []part
	fate       string // A status of an invoice; empty means it was sent.
	notes      string
}

// part is a payment so many days after the invoice's date; an amount of 0 is all that is outstanding.
type part struct {
	after  int
	amount books.Minor
}

func jobs() []job {
	return []job{
		// Overdue, the first of them paid in part.
		{client: "northwind", age: 83, terms: 30, lines: []line{{article: "packaging", quantity: 1}}, payments: []part{{40, 120000}}},
		{client: "oleary", age: 50, terms: 30, lines: []line{{article: "workshop", quantity: 1}, {article: "design", quantity: 15}}},
		{client: "fern", age: 126, terms: 30, lines: []line{{article: "design", quantity: 1, name: "Season programme", price: 80000}}},
		{client: "lumiere", age: 45, terms: 14, lines: []line{{article: "artwork", quantity: 2, name: "Menu illustrations", price: 21000}}},
		// Partly paid and not yet due.
		{client: "heron", age: 18, terms: 45, lines: []line{{article: "workshop", quantity: 1}, {article: "direction", quantity: 5, price: 36000}}, payments: []part{{10, 100000}}},
		{client: "mueller", age: 22, terms: 45, lines: []line{{article: "eudesign", quantity: 50}}, payments: []part{{15, 250000}}},
		// Sent and not yet due.
		{client: "cascade", age: 29, terms: 60, lines: []line{{article: "usdesign", quantity: 60}, {article: "book", quantity: 25}}},
		// Paid in instalments.
		{client: "acme", age: 170, terms: 60, lines: []line{{article: "packaging", quantity: 2}, {article: "artwork", quantity: 4}}, payments: []part{{5, 200000}, {30, 200000}, {58, 248000}}},
		{client: "brightwater", age: 215, terms: 30, lines: []line{{article: "workshop", quantity: 2}, {article: "poster", quantity: 10}}, payments: []part{{20, 160000}, {34, 161600}}},
		// Rejected.
		{client: "stone", age: 150, terms: 30, lines: []line{{article: "design", quantity: 9}}, fate: books.Rejected, notes: "Raised twice by mistake"},
		{client: "pacific", age: 95, terms: 30, lines: []line{{article: "usdesign", quantity: 4}}, fate: books.Rejected},
		// Drafts.
		{client: "acme", age: 2, terms: 30, lines: []line{{article: "poster", quantity: 50}}, fate: books.Draft, notes: "PO 2207-B"},
		{client: "retail", age: 1, terms: 30, lines: []line{{article: "book", quantity: 30}}, fate: books.Draft},
		{client: "northwind", age: 0, terms: 30, lines: []line{{article: "packaging", quantity: 1, name: "Christmas range packaging", price: 80000}, {article: "artwork", quantity: 2}}, fate: books.Draft},
	}
}
