package fisklapi

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// Taxes reads tax rates and groups. Fiskl's API does not change them.
type Taxes struct{ c *Client }

type wireTax struct {
	ID       id     `json:"id" form:"required"`
	Name     text   `json:"name" form:"required"`
	Rate     number `json:"rate" form:"somewhere"`
	Kind     text   `json:"kind"`
	Compound bool   `json:"compound"`
	TaxIDs   []id   `json:"taxIds" form:"soft"`
	Agency   text   `json:"agency" form:"soft"`
	Default  bool   `json:"isDefault" form:"soft"`
	Archived bool   `json:"archived"`
}

const taxesTTL = 5 * time.Minute

// List returns every tax rate and group.
//
//	GET /v1/taxes
func (s Taxes) List(ctx context.Context, _ schemas.None) (schemas.TaxList, error) {
	all, err := s.all(ctx)
	if err != nil {
		return schemas.TaxList{}, err
	}
	rows := make([]schemas.Tax, 0, len(all))
	for _, w := range all {
		rows = append(rows, w.noun(all))
	}
	return schemas.TaxList{Page: schemas.NewPage(rows, make([]string, len(rows)), "")}, nil
}

// Get returns one tax rate or group by name or id.
//
//	GET /v1/taxes/{id}
func (s Taxes) Get(ctx context.Context, in schemas.TaxRef) (schemas.Tax, error) {
	w, err := s.finder().find(ctx, s.c, in.Tax)
	if err != nil {
		return schemas.Tax{}, err
	}
	if len(w.TaxIDs) == 0 {
		return w.noun(nil), nil
	}
	all, err := s.all(ctx) // a group tells its members by their ids
	if err != nil {
		return schemas.Tax{}, err
	}
	return w.noun(all), nil
}

func (s Taxes) finder() finder[wireTax] {
	return finder[wireTax]{
		noun: "tax", plural: "taxes", get: OpGetTax, search: OpListTaxes,
		candidates: func(ctx context.Context, _ string) ([]wireTax, error) { return s.all(ctx) },
		name:       func(w wireTax) string { return string(w.Name) },
		id:         func(w wireTax) schemas.ID { return w.ID.key },
		describe:   func(w wireTax) string { return fmt.Sprintf("id %s, %s%%", w.ID.key, w.Rate) },
	}
}

// noun is the tax as it is told. The names of a group's members are taken from
// all taxes.
func (w wireTax) noun(all []wireTax) schemas.Tax {
	return schemas.Tax{
		ID: w.ID.key, Name: string(w.Name), Rate: string(w.Rate), Kind: string(w.Kind), Compound: w.Compound,
		Members: taxNames(all, w.TaxIDs), Agency: string(w.Agency), Default: w.Default, Archived: w.Archived,
	}
}

func (s Taxes) all(ctx context.Context) ([]wireTax, error) {
	return s.c.taxes.get(ctx, s.c.now(), taxesTTL, func(ctx context.Context) ([]wireTax, error) {
		return collect[wireTax](ctx, s.c, OpListTaxes, url.Values{})
	})
}

// ids turns the taxes that a caller named into Fiskl's ids. argument names
// them in a refusal.
func (s Taxes) ids(ctx context.Context, argument string, refs []string) ([]id, error) {
	if len(refs) == 0 {
		return nil, nil
	}
	all, err := s.all(ctx)
	if err != nil {
		return nil, err
	}
	ids := make([]id, 0, len(refs))
	for i, ref := range refs {
		w, ok := findTax(all, ref)
		if !ok {
			return nil, &schemas.ArgumentError{
				Argument: fmt.Sprintf("%s[%d]", argument, i),
				Problem:  fmt.Sprintf("%q is no single tax of this company; choose one of: %s", schemas.Clean(ref, 60), taxChoices(all)),
			}
		}
		ids = append(ids, w.ID)
	}
	return ids, nil
}

// findTax finds a tax by id, by name, or by its rate when only one tax has it:
// "20%" means the standard rate. A tax in use goes before archived ones of the
// same name.
func findTax(all []wireTax, ref string) (wireTax, bool) {
	ref = strings.TrimSpace(ref)
	percent := strings.TrimSuffix(strings.ReplaceAll(ref, " ", ""), "%")
	named := func(w wireTax) bool { return strings.EqualFold(ref, string(w.Name)) }
	for _, means := range []func(wireTax) bool{
		func(w wireTax) bool { return w.ID.key.Is(ref) },
		func(w wireTax) bool { return named(w) && !w.Archived },
		named,
		func(w wireTax) bool {
			return !w.Archived && w.Rate != "" && schemas.Money(w.Rate).Decimal().String() == percent
		},
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(w wireTax) bool { return !means(w) })
		if len(found) > 0 {
			return found[0], len(found) == 1
		}
	}
	return wireTax{}, false
}

// taxNames names the taxes with these ids.
func taxNames(all []wireTax, ids []id) []string {
	var names []string
	for _, w := range all {
		if slices.Contains(ids, w.ID) {
			names = append(names, string(w.Name))
		}
	}
	return names
}

// taxChoices names the taxes that a line can carry, for a refusal.
func taxChoices(all []wireTax) string {
	var names []string
	for _, w := range all {
		if !w.Archived {
			names = append(names, schemas.Quoted(string(w.Name), 60))
		}
	}
	return strings.Join(names, ", ")
}
