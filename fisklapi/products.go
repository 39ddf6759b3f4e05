package fisklapi

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Products are the products and services of the catalogue.
type Products struct{ c *Client }

type wireProduct struct {
	ID          id     `json:"id" form:"required"`
	Name        text   `json:"name" form:"required"`
	Type        text   `json:"type" form:"required,words=product"`
	Description prose  `json:"description"`
	Unit        text   `json:"unit"`
	Price       *int64 `json:"price" form:"somewhere"`
	Currency    text   `json:"currency" form:"somewhere"`
	AccountID   id     `json:"accountId"`
	TaxIDs      []id   `json:"taxIds"`
	Archived    bool   `json:"archived"`
	Created     text   `json:"created"`
	Updated     text   `json:"updated"`
}

// List returns catalogue items whose name or description holds a text.
//
//	GET /v1/products
func (s Products) List(ctx context.Context, in schemas.ProductFilter) (schemas.ProductList, error) {
	page, err := listing[wireProduct, schemas.ProductRow]{
		op:   OpListProducts,
		asks: searches[wireProduct](func(search string) url.Values { return productQuery(search, in.IncludeArchived) }, in.Search, in.PageArgs),
		row: func(w wireProduct) (schemas.ProductRow, bool) {
			found := mentions(string(w.Name), in.Search) || mentions(string(w.Description), in.Search)
			return s.row(w), found && (in.IncludeArchived || !w.Archived)
		},
		id: func(r schemas.ProductRow) schemas.ID { return r.ID },
	}.read(ctx, s.c, in.PageArgs)
	return schemas.ProductList{Search: schemas.Clean(in.Search, 100), Page: page}, err
}

func productQuery(search string, archived bool) url.Values {
	q := url.Values{}
	if search = strings.TrimSpace(search); search != "" {
		q.Set("search", search)
	}
	if archived {
		q.Set("includeArchived", "true")
	}
	return q
}

// Get returns one catalogue item by name or id.
//
//	GET /v1/products/{id}
func (s Products) Get(ctx context.Context, in schemas.ProductRef) (schemas.Product, error) {
	r, err := s.finder().shown(ctx, s.c, in.Product)
	if err != nil {
		return schemas.Product{}, err
	}
	return s.noun(ctx, r), nil
}

// Create makes a new catalogue item.
//
//	POST /v1/products
func (s Products) Create(ctx context.Context, in schemas.NewProduct) (schemas.Product, error) {
	currency, err := s.currency(ctx, in.Currency)
	if err != nil {
		return schemas.Product{}, err
	}
	price, err := s.c.sent(ctx, "price", in.Price, currency)
	if err != nil {
		return schemas.Product{}, err
	}
	taxes, err := s.c.Taxes.ids(ctx, "taxes", in.Taxes)
	if err != nil {
		return schemas.Product{}, err
	}
	body := fields{"name": in.Name, "type": capitalised(string(in.Type)), "price": price, "currency": currency}
	body.set("unit", in.Unit)
	body.set("description", in.Description)
	if len(taxes) > 0 {
		body["taxIds"] = taxes
	}
	if err := body.worded(); err != nil {
		return schemas.Product{}, err
	}
	w := Write{Noun: "catalogue item", Name: schemas.Clean(in.Name, nameLength)}
	defer s.c.making()()
	warnings, err := namesakes(ctx, s.c, s.finder(), &w, body, in.Twin)
	if err != nil {
		return schemas.Product{}, err
	}
	see := made(s.c, OpGetProduct, body, wireProduct.result, s.another(price, currency))
	if _, err := s.c.write(ctx, w, request{op: OpCreateProduct, body: body}, see); err != nil {
		return schemas.Product{}, err
	}
	see.warn(warnings...)
	return s.noun(ctx, see.seen()), nil
}

// Update changes one catalogue item and leaves every other field as it is.
// Invoices made before keep the old details (documented).
//
//	PUT /v1/products/{id}
func (s Products) Update(ctx context.Context, in schemas.ProductPatch) (schemas.Product, error) {
	now, err := s.whole(ctx, in.ProductRef)
	if err != nil {
		return schemas.Product{}, err
	}
	changes, err := s.changes(ctx, in, now.wire)
	if err != nil {
		return schemas.Product{}, err
	}
	see := &sight[wireProduct]{get: OpGetProduct, about: wireProduct.result}
	see.warn(joins(ctx, s.c, s.finder(), now.wire.ID.key, changes)...)
	w := Write{Noun: "catalogue item", ID: now.wire.ID.key, Name: schemas.Clean(string(now.wire.Name), nameLength)}
	if err := put(ctx, s.c, OpUpdateProduct, w, now, changes, see); err != nil {
		return schemas.Product{}, err
	}
	return s.noun(ctx, see.seen()), nil
}

func (s Products) changes(ctx context.Context, in schemas.ProductPatch, now wireProduct) (fields, error) {
	changes := fields{}
	change(changes, "name", in.Name)
	change(changes, "unit", in.Unit)
	change(changes, "description", in.Description)
	if in.Price != nil {
		currency, err := s.currency(ctx, string(now.Currency))
		if err != nil {
			return nil, err
		}
		price, err := s.c.sent(ctx, "price", *in.Price, currency)
		if err != nil {
			return nil, err
		}
		changes["price"] = price
	}
	if in.Taxes != nil {
		taxes, err := s.c.Taxes.ids(ctx, "taxes", *in.Taxes)
		if err != nil {
			return nil, err
		}
		changes["taxIds"] = append([]id{}, taxes...)
	}
	if err := changes.empty(in.Clear, []string{"unit", "description", "taxIds"}); err != nil {
		return nil, err
	}
	return changes, nothingToChange(changes)
}

// currency is the one given, else the company's.
func (s Products) currency(ctx context.Context, given string) (string, error) {
	if given != "" {
		return strings.ToUpper(given), nil
	}
	w, err := s.c.Companies.cached(ctx)
	if errors.Is(err, NoPath) { // without it nobody knows what a price is counted in
		return "", &schemas.ArgumentError{Argument: "currency", Problem: "is missing: this API does not tell the company's; give it, such as EUR"}
	}
	return string(w.Currency), err
}

func (s Products) whole(ctx context.Context, in schemas.ProductRef) (record[wireProduct], error) {
	return s.finder().whole(ctx, s.c, in.Product)
}

func (s Products) find(ctx context.Context, ref string) (wireProduct, error) {
	return s.finder().find(ctx, s.c, ref)
}

func (s Products) finder() finder[wireProduct] {
	return finder[wireProduct]{
		noun: "product or service", plural: "products or services", get: OpGetProduct, search: OpListProducts,
		candidates: func(ctx context.Context, name string) ([]wireProduct, error) {
			return collect[wireProduct](ctx, s.c, OpListProducts, productQuery(name, true))
		},
		name: func(w wireProduct) string { return string(w.Name) },
		id:   func(w wireProduct) schemas.ID { return w.ID.key },
		describe: func(w wireProduct) string {
			return fmt.Sprintf("id %s, %s %s", w.ID.key, s.c.minor.decimal(w.Price, string(w.Currency)), w.Currency)
		},
	}
}

func (w wireProduct) named() (id schemas.ID, name, created string) {
	return w.ID.key, string(w.Name), string(w.Created)
}

// result is what is kept of a write to it.
func (w wireProduct) result() Result {
	return Result{ID: w.ID.key, Name: schemas.Clean(string(w.Name), nameLength)}
}

// another denies an item of another name, price or currency.
func (Products) another(price int64, currency string) func(posted, record[wireProduct]) error {
	return func(t posted, r record[wireProduct]) error {
		if err := misnamed(t, r); err != nil {
			return err
		}
		var other []string
		if r.wire.Price != nil && *r.wire.Price != price {
			other = append(other, "price")
		}
		if apart(strings.ToUpper(string(r.wire.Currency)), currency) {
			other = append(other, "currency")
		}
		return another(t.Noun, other)
	}
}

func (s Products) row(w wireProduct) schemas.ProductRow {
	return schemas.ProductRow{
		ID: w.ID.key, Name: string(w.Name), Type: string(w.Type), Unit: string(w.Unit),
		Price: s.c.minor.decimal(w.Price, string(w.Currency)), Currency: string(w.Currency), Archived: w.Archived,
	}
}

func (s Products) noun(ctx context.Context, r record[wireProduct]) schemas.Product {
	p := schemas.Product{
		ProductRow: s.row(r.wire), Description: string(r.wire.Description), AccountID: r.wire.AccountID.key,
		Created: string(r.wire.Created), Updated: string(r.wire.Updated), OtherFields: r.other(), Written: r.told,
	}
	if len(r.wire.TaxIDs) == 0 {
		return p
	}
	// Names are a courtesy: a credential that may not read taxes gets ids.
	if all, err := s.c.Taxes.all(ctx); err == nil {
		p.Taxes = taxNames(all, r.wire.TaxIDs)
		return p
	}
	for _, i := range r.wire.TaxIDs {
		p.Taxes = append(p.Taxes, string(i.key))
	}
	return p
}

// capitalised writes a word as Fiskl writes its enums.
func capitalised(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
