package tools

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/fiskl-mcp/fiskl-mcp/internal/digest"
	"github.com/fiskl-mcp/fiskl-mcp/internal/seal"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// createInvoice is the tool that a preview leads to.
const createInvoice = "create_invoice"

// previewLife is how long a preview can be created.
const previewLife = 15 * time.Minute

// preview has Fiskl calculate an invoice, and seals what came out.
func (c *Catalog) preview(ctx context.Context, in schemas.NewInvoice) (schemas.Invoice, error) {
	out, err := c.api.Invoices.Preview(ctx, in)
	if err != nil {
		return out, err
	}
	content, err := digest.JSON(in)
	if err != nil {
		return out, err
	}
	state, err := digest.JSON(withoutVolatile(out))
	if err != nil {
		return out, err
	}
	token, err := c.gate.seal(seal.Claims{Purpose: seal.Preview, Tool: createInvoice, Content: content, State: state}, previewLife)
	if err != nil {
		out.Warnings = append(out.Warnings, "there is no preview_token: "+err.Error())
		return out, nil //nolint:nilerr // the figures are as good without
	}
	opened, err := c.openPreview(token)
	if err != nil {
		return out, err
	}
	c.previews.keep(opened.ID, in)
	out.PreviewToken = token
	return out, nil
}

// withoutVolatile is a preview without what may be said anew each time: times, fields
// that this version does not know, and warnings, which tell the reason for what
// is proposed (the client's last invoices) and not what is billed.
func withoutVolatile(i schemas.Invoice) schemas.Invoice {
	i.Created, i.Updated, i.OtherFields, i.Warnings = "", "", nil, nil
	return i
}

func (c *Catalog) openPreview(token string) (seal.Opened, error) {
	return c.gate.open(token, seal.Preview, createInvoice)
}

// create makes a draft of what was previewed, or of the content that is given.
func (c *Catalog) create(ctx context.Context, in schemas.InvoiceOrder) (schemas.Invoice, error) {
	draft := in.Draft()
	agrees, err := c.previewed(in, &draft)
	if err != nil {
		return schemas.Invoice{}, err
	}
	if draft.Client == "" || len(draft.Items) == 0 {
		return schemas.Invoice{}, &schemas.ArgumentError{Argument: "preview_token", Problem: "is missing; give it, or client and items"}
	}
	if c.gate.dryRun {
		out, err := c.api.Invoices.Preview(ctx, draft.NewInvoice)
		out.Warnings = append(out.Warnings, "Dry run: nothing was created")
		return out, err
	}
	out, err := c.api.Invoices.CreateAsShown(ctx, draft, watching(ctx, agrees))
	if out.AlreadyExisted {
		out.Warnings = append(out.Warnings, "to make another one on purpose, give an external_id of its own")
	}
	return out, err
}

// previewed fills a draft in from the preview that was shown, and returns the
// check that Fiskl still calculates it so; nil without a preview.
func (c *Catalog) previewed(in schemas.InvoiceOrder, draft *schemas.InvoiceDraft) (func(schemas.Invoice) error, error) {
	if in.PreviewToken == "" {
		return nil, nil //nolint:nilnil // no preview, and nothing wrong with that
	}
	opened, err := c.openPreview(in.PreviewToken)
	if err != nil {
		return nil, err
	}
	if draft.Client == "" && len(draft.Items) == 0 && draft.InvoiceTerms == (schemas.InvoiceTerms{}) {
		kept, ok := c.previews.find(opened.ID)
		if !ok {
			return nil, &schemas.ArgumentError{Argument: "preview_token", Problem: "is of a preview that this server no longer holds, because it was restarted or made many others since; give the same client, items and terms along with it"}
		}
		draft.NewInvoice = kept
	}
	content, err := digest.JSON(draft.NewInvoice)
	if err != nil {
		return nil, err
	}
	if !opened.Covers(content) {
		return nil, &staleError{"what is given is not what was previewed. Leave all but preview_token out, or preview it anew"}
	}
	return asShown(opened), nil
}

// asShown checks that Fiskl calculates an invoice as it was previewed.
func asShown(opened seal.Opened) func(schemas.Invoice) error {
	return func(now schemas.Invoice) error {
		state, err := digest.JSON(withoutVolatile(now))
		if err == nil && !opened.Stands(state) {
			err = &staleError{fmt.Sprintf("Fiskl does not calculate this invoice as it was previewed any more (the total is %s %s now)", now.Total, now.Currency)}
		}
		return err
	}
}

// previews are the contents that were previewed lately, the latest last. How
// long one is good for is up to its token.
type previews struct {
	mu   sync.Mutex
	kept []previewed
}

type previewed struct {
	id      string // of the token
	content schemas.NewInvoice
}

// maxPreviews bounds what is kept; the oldest go first.
const maxPreviews = 256

func (p *previews) keep(id string, in schemas.NewInvoice) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.kept = append(p.kept, previewed{id, in})
	p.kept = slices.Delete(p.kept, 0, max(0, len(p.kept)-maxPreviews))
}

func (p *previews) find(id string) (schemas.NewInvoice, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	i := slices.IndexFunc(p.kept, func(one previewed) bool { return one.id == id })
	if i < 0 {
		return schemas.NewInvoice{}, false
	}
	return p.kept[i].content, true
}
