package books

import (
	"fmt"
	"slices"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

const (
	// largestAmount is a million million, well inside what an int64 adds up exactly.
	largestAmount = Minor(100_000_000_000_000)
	maxItems      = 200
)

// Item is one line of an invoice or a quote, with what the server made of it.
type Item struct {
	ProductID   int64     `json:"productId,omitempty"`
	Name        string    `json:"name"`
	Description string    `json:"description,omitempty"`
	Quantity    Number    `json:"quantity"`
	Price       Minor     `json:"price"`
	Unit        string    `json:"unit,omitempty"`
	Type        string    `json:"type"`
	TaxIDs      []int64   `json:"taxIds,omitempty"`
	Net         Minor     `json:"net"`
	Tax         Minor     `json:"tax"`
	Total       Minor     `json:"total"`
	Taxes       []ItemTax `json:"taxes,omitempty"`

	account ledger.Code
}

// String is the line as the audit trail shows it.
func (i Item) String() string { return fmt.Sprintf("%s x %s at %s", i.Quantity, i.Name, i.Price) }

// ItemInput is one line as a caller gives it. What is left out comes from the product, if one is named.
type ItemInput struct {
	ProductID   int64   `json:"productId"`
	Name        string  `json:"name"`
	Description string  `json:"description"`
	Quantity    *Number `json:"quantity"`
	Price       *Minor  `json:"price"`
	Unit        string  `json:"unit"`
	Type        string  `json:"type"`
	TaxIDs      []int64 `json:"taxIds"` // nil means the product's; an empty list means none.
}

// totals are the sums of a document's lines.
type totals struct {
	subtotal, taxTotal, total Minor
	taxes                     []TaxTotal
}

// items works out every line of a document in a currency on a day.
func (b *Books) items(inputs []ItemInput, currency string, day Date) ([]Item, totals, error) {
	if len(inputs) == 0 || len(inputs) > maxItems {
		return nil, totals{}, refuse("items: between 1 and %d lines are needed, got %d", maxItems, len(inputs))
	}
	var sum totals
	items := make([]Item, 0, len(inputs))
	for i, in := range inputs {
		item, err := b.item(in, currency, day)
		if err != nil {
			return nil, totals{}, refuse("items[%d].%v", i, err)
		}
		sum.subtotal += item.Net
		sum.taxTotal += item.Tax
		items = append(items, item)
	}
	sum.total = sum.subtotal + sum.taxTotal
	sum.taxes = taxTotals(items)
	return items, sum, nil
}

func (b *Books) item(in ItemInput, currency string, day Date) (Item, error) {
	var incomeAccount int64
	if in.ProductID != 0 {
		product, err := b.Product(in.ProductID)
		if err != nil || product.Archived {
			return Item{}, refuse("productId: there is no active product with id %d", in.ProductID)
		}
		b.complete(&in, product, currency, day)
		incomeAccount = product.AccountID
	}
	if in.Type == "" {
		in.Type = TypeService
	}
	kind, err := itemType(in.Type)
	if err != nil {
		return Item{}, err
	}
	if err := checkItem(in); err != nil {
		return Item{}, err
	}
	account, err := b.incomeAccount(incomeAccount, kind)
	if err != nil {
		return Item{}, err
	}
	item := Item{
		ProductID: in.ProductID, Name: in.Name, Description: in.Description, Quantity: *in.Quantity, Price: *in.Price,
		Unit: in.Unit, Type: kind, TaxIDs: slices.Clone(in.TaxIDs), account: account.Code,
	}
	return item, b.total(&item, currency)
}

// complete takes from the product what the line leaves out. A price in another currency is converted at the day's rate.
func (b *Books) complete(in *ItemInput, p Product, currency string, day Date) {
	in.Name, in.Description = orElse(in.Name, p.Name), orElse(in.Description, p.Description)
	in.Unit, in.Type = orElse(in.Unit, p.Unit), orElse(in.Type, p.Type)
	if in.TaxIDs == nil {
		in.TaxIDs = p.TaxIDs
	}
	if in.Price == nil {
		price := p.Price
		if p.Currency != currency {
			price = payable(price.Times(b.Rate(p.Currency, day).Div(b.Rate(currency, day))), currency)
		}
		in.Price = &price
	}
}

func checkItem(in ItemInput) error {
	switch {
	case in.Name == "":
		return refuse("name: must not be blank")
	case in.Quantity == nil || !in.Quantity.IsPositive():
		return refuse("quantity: a number above 0 is needed")
	case in.Price == nil:
		return refuse("price: an integer in minor units is needed")
	case *in.Price < 0:
		return refuse("price: must not be negative")
	case in.Quantity.Mul(decimal.NewFromInt(int64(*in.Price))).GreaterThan(decimal.NewFromInt(int64(largestAmount))):
		return refuse("price: the line comes to more than %s", largestAmount)
	default:
		return nil
	}
}

// total works out net, taxes and total of a line.
func (b *Books) total(item *Item, currency string) error {
	item.Net = payable(item.Price.Times(item.Quantity.Decimal), currency)
	taxes, err := b.salesTaxesOn(item.Net, currency, item.TaxIDs)
	if err != nil {
		return err
	}
	for _, tax := range taxes {
		item.Tax += tax.Amount
	}
	item.Taxes, item.Total = taxes, item.Net+item.Tax
	return nil
}

func orElse(value, fallback string) string {
	if value == "" {
		return fallback
	}
	return value
}
