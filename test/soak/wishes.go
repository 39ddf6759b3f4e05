package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi"
	"github.com/fiskl-mcp/fiskl-mcp/schemas"
)

// model makes wishes.
type model struct {
	pool  *pool
	clock *clock
	dice  *rand.Rand
	count *atomic.Int64 // of wishes, of all models
	road  *road

	meddles bool    // others change things while a person is asked
	next    []*wish // that belong to the last one
}

// maker makes a wish; ok is false when the books lack what it needs.
type maker struct {
	weight int
	make   func(m *model, id int) (w *wish, ok bool)
}

func makers() []maker {
	return []maker{
		{22, (*model).newInvoice},
		{4, (*model).sameInvoice},
		{8, (*model).referredInvoice},
		{20, (*model).payment},
		{5, (*model).equalPayment},
		{3, (*model).split},
		{8, (*model).markPaid},
		{14, (*model).send},
		{5, (*model).changeInvoice},
		{4, changeContact("update_client", func(p *pool) *[]schemas.ID { return &p.clients }, updateClient)},
		{3, changeContact("update_vendor", func(p *pool) *[]schemas.ID { return &p.vendors }, updateVendor)},
		{3, (*model).changeProduct},
		{2, (*model).newClient},
		{1, (*model).newVendor},
		{1, (*model).newProduct},
		{1, (*model).feature},
	}
}

// wish is the next thing that the model is told to do.
func (m *model) wish() *wish {
	if len(m.next) > 0 {
		w := m.next[0]
		m.next = m.next[1:]
		return w
	}
	id := int(m.count.Add(1))
	all, sum := makers(), 0
	for _, k := range all {
		sum += k.weight
	}
	for {
		n := m.dice.IntN(sum)
		for _, k := range all {
			if n -= k.weight; n >= 0 {
				continue
			}
			if w, ok := k.make(m, id); ok {
				w.id = id
				return w
			}
			break
		}
	}
}

func (m *model) newInvoice(id int) (*wish, bool) {
	client, ok := recentOf(m.pool, m.dice, &m.pool.clients)
	line := schemas.Line{Name: fmt.Sprintf("Work %d", id), Quantity: "3", Price: schemas.Money(fmt.Sprintf("%d.50", 40+id%60))}
	c := content{fmt.Sprintf("invoice %d", id), schemas.InvoiceDraft{NewInvoice: schemas.NewInvoice{Client: ref(client), Items: []schemas.Line{line}}}}
	c.draft.InvoiceDate = schemas.NewDate(m.clock.Now())
	add(m.pool, &m.pool.contents, c)
	return m.invoice(c), ok
}

// sameInvoice asks for what another wish asked for.
func (m *model) sameInvoice(int) (*wish, bool) {
	c, ok := recentOf(m.pool, m.dice, &m.pool.contents)
	return m.invoice(c), ok
}

func (m *model) referredInvoice(id int) (*wish, bool) {
	w, ok := m.newInvoice(id)
	if !ok {
		return nil, false
	}
	c, _ := recentOf(m.pool, m.dice, &m.pool.contents)
	c.once = fmt.Sprintf("invoice under reference %d", id)
	c.draft.ExternalID = fmt.Sprintf("order-%d", id)
	*w = *m.invoice(c)
	return w, true
}

func (m *model) invoice(c content) *wish {
	return &wish{kind: "create_invoice", once: c.once, zeal: 0.3, do: func(ctx context.Context, api *fisklapi.Client) error {
		inv, err := api.Invoices.Create(ctx, c.draft)
		if err == nil && !inv.AlreadyExisted {
			add(m.pool, &m.pool.drafts, inv.ID)
		}
		return err
	}}
}

func (m *model) payment(id int) (*wish, bool) {
	invoice, ok := recentOf(m.pool, m.dice, &m.pool.sent)
	amounts := []schemas.Money{"5.00", "7.50", "10.00", "12.25"}
	in := schemas.NewPayment{
		InvoiceRef: schemas.InvoiceRef{Invoice: ref(invoice)}, Amount: amounts[m.dice.IntN(len(amounts))], Note: fmt.Sprintf("wish %d", id),
	}
	return m.pay(id, in), ok
}

// split pays an invoice in parts, each of which is a wish of its own.
func (m *model) split(id int) (*wish, bool) {
	invoice, ok := recentOf(m.pool, m.dice, &m.pool.sent)
	part := func(id, n int) *wish {
		in := schemas.NewPayment{InvoiceRef: schemas.InvoiceRef{Invoice: ref(invoice)}, Amount: schemas.Money(fmt.Sprintf("%d.%02d", n, id%100)), Note: "part"}
		w := m.pay(id, in)
		w.id = id
		return w
	}
	if ok {
		for n := 2; n <= 3; n++ {
			m.next = append(m.next, part(int(m.count.Add(1)), n))
		}
	}
	return part(id, 1), ok
}

// equalPayment wants a second one on purpose.
func (m *model) equalPayment(id int) (*wish, bool) {
	in, ok := recentOf(m.pool, m.dice, &m.pool.payments)
	in.AllowDuplicate, in.Note = true, fmt.Sprintf("wish %d", id)
	w := m.pay(id, in)
	w.zeal, w.careful = 0, true // whoever says each time that this is another one gets another one
	return w, ok
}

func (m *model) pay(id int, in schemas.NewPayment) *wish {
	return &wish{kind: "record_payment", once: fmt.Sprintf("payment %d", id), zeal: 0.2, do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Payments.Record(ctx, in)
		if err == nil {
			add(m.pool, &m.pool.payments, in)
		}
		return err
	}}
}

func (m *model) markPaid(id int) (*wish, bool) {
	invoice, ok := recentOf(m.pool, m.dice, &m.pool.sent)
	return &wish{kind: "mark_invoice_paid", once: fmt.Sprintf("payment %d", id), zeal: 0.2, do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Invoices.MarkPaid(ctx, schemas.InvoiceRef{Invoice: ref(invoice)})
		return err
	}}, ok
}

func (m *model) send(int) (*wish, bool) {
	invoice, ok := recentOf(m.pool, m.dice, &m.pool.drafts)
	meddles := m.meddles && m.dice.Float64() < meddling
	return &wish{kind: "send_invoice", do: func(ctx context.Context, api *fisklapi.Client) error {
		err := m.asked(ctx, api, schemas.InvoiceRef{Invoice: ref(invoice)}, meddles)
		if err == nil {
			add(m.pool, &m.pool.sent, invoice)
		}
		return err
	}}, ok
}

func (m *model) feature(id int) (*wish, bool) {
	return &wish{kind: "request_feature", do: func(ctx context.Context, api *fisklapi.Client) error {
		_, err := api.Features.Request(ctx, schemas.NewFeatureRequest{Title: fmt.Sprintf("Feature %d", id), Description: "Wanted."})
		return err
	}}, true
}
