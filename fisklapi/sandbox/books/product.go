package books

import (
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// The two types of item the API knows.
const (
	TypeProduct = "Product"
	TypeService = "Service"
)

// Product is an item of the catalogue, a product or a service.
type Product struct {
	ID          int64     `json:"id"`
	Name        string    `json:"name"`
	Type        string    `json:"type"`
	Description string    `json:"description,omitempty"`
	Unit        string    `json:"unit,omitempty"`
	Price       Minor     `json:"price"`
	Currency    string    `json:"currency"`
	AccountID   int64     `json:"accountId,omitempty"`
	TaxIDs      []int64   `json:"taxIds,omitempty"`
	Archived    bool      `json:"archived,omitempty"`
	Created     time.Time `json:"created"`
	Updated     time.Time `json:"updated"`
}

// ProductInput is what a caller may say about an item of the catalogue.
type ProductInput struct {
	Name        string  `json:"name"`
	Type        string  `json:"type"`
	Description string  `json:"description"`
	Unit        string  `json:"unit"`
	Price       Minor   `json:"price"`
	Currency    string  `json:"currency"`
	AccountID   int64   `json:"accountId"`
	TaxIDs      []int64 `json:"taxIds"`
}

// Products is the catalogue in the order it was made, archived items too. The caller owns the slice.
func (b *Books) Products() []Product { return b.products.all() }

// Product finds one item of the catalogue.
func (b *Books) Product(id int64) (Product, error) { return b.products.get(KindProduct, id) }

// CreateProduct adds an item to the catalogue.
func (b *Books) CreateProduct(actor string, in ProductInput) (Product, error) {
	kind, err := itemType(in.Type)
	if err != nil {
		return Product{}, err
	}
	p := Product{Type: kind, Created: b.now(), Updated: b.now()}
	if err := b.fillProduct(&p, in); err != nil {
		return Product{}, err
	}
	p.ID = b.ids.next(KindProduct)
	b.products.put(p.ID, p)
	b.created(actor, record{KindProduct, p.ID, p.Name})
	return p, nil
}

// UpdateProduct replaces an item of the catalogue. Its type cannot change; documents that used it stay as they are.
func (b *Books) UpdateProduct(actor string, id int64, in ProductInput) (Product, error) {
	before, err := b.Product(id)
	if err != nil {
		return Product{}, err
	}
	if in.Type != "" && !strings.EqualFold(in.Type, before.Type) {
		return Product{}, refuse("type: a %s stays a %s; the type cannot be changed after creation", before.Type, before.Type)
	}
	after := before
	if err := b.fillProduct(&after, in); err != nil {
		return Product{}, err
	}
	after.Updated = b.now()
	b.products.put(id, after)
	b.edited(actor, record{KindProduct, id, after.Name}, before, after)
	return after, nil
}

// ArchiveProduct takes an item out of the catalogue. The API has no operation for it.
func (b *Books) ArchiveProduct(actor string, id int64) error {
	before, err := b.Product(id)
	if err != nil {
		return err
	}
	after := before
	after.Archived, after.Updated = true, b.now()
	b.products.put(id, after)
	b.edited(actor, record{KindProduct, id, after.Name}, before, after)
	return nil
}

func (b *Books) fillProduct(p *Product, in ProductInput) error {
	if in.Currency == "" {
		in.Currency = b.company.Currency
	}
	if strings.TrimSpace(in.Name) == "" {
		return refuse("name: must not be blank")
	}
	if in.Price < 0 || in.Price > largestAmount {
		return refuse("price: must be between 0 and %d minor units", largestAmount)
	}
	if err := checkCurrency(in.Currency); err != nil {
		return err
	}
	account, err := b.incomeAccount(in.AccountID, p.Type)
	if err != nil {
		return err
	}
	if _, err := b.salesTaxesOn(0, "", in.TaxIDs); err != nil {
		return err
	}
	p.Name, p.Description, p.Unit = strings.TrimSpace(in.Name), in.Description, in.Unit
	p.Price, p.Currency, p.AccountID, p.TaxIDs = in.Price, in.Currency, account.ID, slices.Clone(in.TaxIDs)
	return nil
}

// incomeAccount is the account an item sells to: the one asked for, else the default of its type.
func (b *Books) incomeAccount(id int64, itemType string) (ledger.Account, error) {
	chart := b.ledger.Chart()
	if id == 0 {
		code := ledger.SalesServices
		if itemType == TypeProduct {
			code = ledger.SalesProducts
		}
		account, _ := chart.ByCode(code)
		return account, nil
	}
	account, ok := chart.ByID(id)
	if !ok || account.Type != ledger.Income || account.Archived {
		return ledger.Account{}, refuse("accountId: %d is not an active income account", id)
	}
	return account, nil
}

func itemType(word string) (string, error) {
	switch {
	case strings.EqualFold(word, TypeProduct):
		return TypeProduct, nil
	case strings.EqualFold(word, TypeService):
		return TypeService, nil
	default:
		return "", refuse("type: must be %s or %s, not %q", TypeProduct, TypeService, word)
	}
}
