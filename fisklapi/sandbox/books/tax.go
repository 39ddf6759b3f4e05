package books

import (
	"slices"

	"github.com/shopspring/decimal"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

// The two kinds of tax a line can carry.
const (
	TaxRate  = "Rate"
	TaxGroup = "Group"
)

// Tax is a rate, or a group of rates charged together.
type Tax struct {
	ID       int64   `json:"id"`
	Name     string  `json:"name"`
	Rate     Number  `json:"rate"` // Per cent. A group shows what its members come to.
	Kind     string  `json:"kind"`
	Compound bool    `json:"compound,omitempty"`
	TaxIDs   []int64 `json:"taxIds,omitempty"`
	Agency   string  `json:"agency,omitempty"`
	Default  bool    `json:"isDefault,omitempty"`
	Archived bool    `json:"archived,omitempty"`

	account ledger.Code
	reverse bool
}

// ItemTax is what one rate comes to on one line.
type ItemTax struct {
	TaxID  int64  `json:"taxId"`
	Name   string `json:"name"`
	Rate   Number `json:"rate"`
	Amount Minor  `json:"amount"`

	net     Minor
	account ledger.Code
	reverse bool
}

// TaxTotal is what one rate comes to on a whole document. Net is the value it was charged on, which in a compound group
// holds the taxes before it.
type TaxTotal struct {
	TaxID  int64  `json:"taxId"`
	Name   string `json:"name"`
	Rate   Number `json:"rate"`
	Net    Minor  `json:"net"`
	Amount Minor  `json:"amount"`
}

// Taxes are all rates and groups in the order they were made. The caller owns the slice.
func (b *Books) Taxes() []Tax { return b.taxes.all() }

// SalesTaxes are those that can be charged to a client. Fiskl keeps rates for purchases apart (documented); that the API
// leaves them out of its list is inferred.
func (b *Books) SalesTaxes() []Tax {
	return slices.DeleteFunc(b.Taxes(), func(t Tax) bool { return t.reverse })
}

// SalesTax finds one of them.
func (b *Books) SalesTax(id int64) (Tax, error) {
	t, err := b.taxes.get(KindTax, id)
	if err == nil && t.reverse {
		return Tax{}, &NotFoundError{Kind: KindTax, ID: id}
	}
	return t, err
}

// AddAgency opens the liability account of a tax agency, as registering the agency does in the app.
func (b *Books) AddAgency(name string, code ledger.Code) {
	b.AddAccount(ledger.Account{
		Code: code, Name: name, Type: ledger.Liabilities, Group: ledger.TaxesPayable,
		Currency: b.company.Currency, System: true,
	})
}

// AddTax adds a rate in per cent of an agency whose account is code.
func (b *Books) AddTax(name, rate string, code ledger.Code, isDefault bool) Tax {
	account, _ := b.ledger.Chart().ByCode(code)
	t := Tax{
		ID: b.ids.next(KindTax), Name: name, Rate: NewNumber(rate), Kind: TaxRate,
		Agency: account.Name, Default: isDefault, account: code,
	}
	b.taxes.put(t.ID, t)
	return t
}

// AddReverseCharge adds a rate in per cent of services from abroad: the buyer owes the tax in the vendor's place and
// reclaims it at once, so that a bill comes to its net. It is for bills alone. The API's form of such a rate is inferred;
// Fiskl's screens call its behaviour "Counterparty accounts" (documented).
func (b *Books) AddReverseCharge(name, rate string, code ledger.Code) Tax {
	t := b.AddTax(name, rate, code, false)
	t.reverse = true
	b.taxes.put(t.ID, t)
	return t
}

// AddTaxGroup adds a group of rates. In a compound group each rate is charged on the net and the taxes before it.
func (b *Books) AddTaxGroup(name string, compound bool, members ...Tax) Tax {
	hundred := decimal.NewFromInt(100)
	total := decimal.Zero
	group := Tax{ID: b.ids.next(KindTax), Name: name, Kind: TaxGroup, Compound: compound}
	for _, m := range members {
		onto := hundred
		if compound {
			onto = hundred.Add(total)
		}
		total = total.Add(m.Rate.Mul(onto).Div(hundred))
		group.TaxIDs, group.Agency = append(group.TaxIDs, m.ID), m.Agency
	}
	group.Rate = Number{total}
	b.taxes.put(group.ID, group)
	return group
}

// taxesOn is what the taxes come to on a net amount, each rounded half-up on its own.
func (b *Books) taxesOn(net Minor, currency string, taxIDs []int64) ([]ItemTax, error) {
	var out []ItemTax
	for _, id := range taxIDs {
		tax, err := b.taxes.get(KindTax, id)
		if err != nil || tax.Archived {
			return nil, refuse("taxIds: there is no active tax with id %d", id)
		}
		if tax.Kind == TaxRate {
			out = append(out, tax.on(net, currency))
			continue
		}
		base := net
		for _, member := range tax.TaxIDs {
			rate, err := b.taxes.get(KindTax, member)
			if err != nil {
				return nil, err
			}
			charged := rate.on(base, currency)
			out = append(out, charged)
			if tax.Compound {
				base += charged.Amount
			}
		}
	}
	return out, nil
}

// salesTaxesOn is what taxes come to on something sold, for which a reverse charge is no tax of the seller's.
func (b *Books) salesTaxesOn(net Minor, currency string, taxIDs []int64) ([]ItemTax, error) {
	taxes, err := b.taxesOn(net, currency, taxIDs)
	for _, tax := range taxes {
		if tax.reverse {
			return nil, refuse("taxIds: %s is for bills from abroad and cannot be charged to a client", tax.Name)
		}
	}
	return taxes, err
}

func (t Tax) on(net Minor, currency string) ItemTax {
	amount := payable(net.Times(t.Rate.Shift(-2)), currency)
	return ItemTax{TaxID: t.ID, Name: t.Name, Rate: t.Rate, Amount: amount, net: net, account: t.account, reverse: t.reverse}
}

// taxTotals sums the taxes of all lines, in order of first appearance.
func taxTotals(items []Item) []TaxTotal {
	var out []TaxTotal
	at := map[int64]int{}
	for _, item := range items {
		for _, tax := range item.Taxes {
			i, seen := at[tax.TaxID]
			if !seen {
				i = len(out)
				at[tax.TaxID] = i
				out = append(out, TaxTotal{TaxID: tax.TaxID, Name: tax.Name, Rate: tax.Rate})
			}
			out[i].Net += tax.net
			out[i].Amount += tax.Amount
		}
	}
	return out
}
