package demo

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"

// article is an item of the catalogue under the short name the other tables use.
type article struct {
	key string
	books.ProductInput
}

// A price in pounds sterling unless the row says otherwise, without VAT.
func catalogue() []article {
	return []article{
		{"design", service("Design work", "hour", 9500, "Branding, layout and artwork by the hour")},
		{"workshop", service("Brand strategy workshop", "day", 120000, "One day with up to eight people")},
		{"retainer", service("Brand retainer", "month", 180000, "Up to twenty hours a month")},
		{"care", service("Website care plan", "month", 24000, "Updates, backups and small changes")},
		{"packaging", service("Packaging design", "project", 200000, "One range, up to six items")},
		{"artwork", service("Illustration & artwork", "piece", 35000, "Original, for print and screen")},
		{"direction", service("Art direction", "day", 72000, "On set or in the studio")},
		{"book", product("Printed brand book", 4500, "Hardback, 48 pages")},
		{"poster", product("Exhibition poster A1", 2800, "170 gsm, matt")},
		{"eudesign", priced(service("Design work (EU)", "hour", 11500, "Design by the hour for clients in the EU"), "EUR")},
		{"usdesign", priced(service("Design work (US)", "hour", 13000, "Design by the hour for clients in the US"), "USD")},
		{"letterhead", product("Letterhead set", 18000, "500 sheets and envelopes; no longer offered")},
	}
}

func service(name, unit string, price books.Minor, description string) books.ProductInput {
	return books.ProductInput{Name: name, Type: books.TypeService, Unit: unit, Price: price, Description: description}
}

func product(name string, price books.Minor, description string) books.ProductInput {
	return books.ProductInput{Name: name, Type: books.TypeProduct, Unit: "each", Price: price, Description: description}
}

func priced(in books.ProductInput, currency string) books.ProductInput {
	in.Currency = currency
	return in
}

func planCatalogue(h *history) {
	for _, a := range catalogue() {
		a.TaxIDs = []int64{h.tax(standard)}
		if a.Currency != "" {
			a.TaxIDs = []int64{h.tax(zero)}
		}
		h.ago(startAge, 10*60, func() error {
			made, err := h.books.CreateProduct(theo, a.ProductInput)
			h.products[a.key] = made.ID
			return err
		})
	}
	h.ago(260, 15*60, func() error { return h.books.ArchiveProduct(theo, h.products["letterhead"]) })
}

// The rates of VAT by their place in the list of taxes.
const (
	standard = iota
	reduced
	zero
)

// reverseCharge is the place of the rate of services from abroad. It came last.
const reverseCharge = 9

// outside marks what lies outside the scope of VAT.
const outside = -1

// tax is the id of a rate of VAT.
func (h *history) tax(rate int) int64 { return h.books.Taxes()[rate].ID }
