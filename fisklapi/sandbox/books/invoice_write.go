package books

// termsDays are the days a client has to pay when an invoice does not say.
const termsDays = 7

const longestExternalID = 255

// PreviewInvoice works out an invoice and keeps nothing of it: no number, no id, no trace.
func (b *Books) PreviewInvoice(in InvoiceInput) (Invoice, error) {
	inv, err := b.draft(in)
	if err != nil {
		return Invoice{}, err
	}
	inv.ExternalID, inv.Status = "", ""
	inv.Outstanding = inv.Total
	return inv, nil
}

// CreateInvoice makes a draft. When the caller's reference was used before it answers the invoice made then and true,
// whatever else the input says.
func (b *Books) CreateInvoice(actor string, in InvoiceInput) (inv Invoice, existed bool, err error) {
	if in.ExternalID != "" {
		if old, ok := b.ExternalInvoice(in.ExternalID); ok {
			return old, true, nil
		}
	}
	if len(in.ExternalID) > longestExternalID {
		return Invoice{}, false, refuse("externalId: at most %d bytes", longestExternalID)
	}
	inv, err = b.draft(in)
	if err != nil {
		return Invoice{}, false, err
	}
	inv.ID, inv.Number = b.ids.next(KindInvoice), b.number("INV")
	inv.Created, inv.Updated = b.now(), b.now()
	b.invoices.put(inv.ID, inv)
	if inv.ExternalID != "" {
		b.external[inv.ExternalID] = inv.ID
	}
	b.created(actor, record{KindInvoice, inv.ID, inv.Number})
	return b.shown(inv), false, nil
}

// UpdateInvoice replaces a draft. Its number and the caller's reference stay; dates left out stay too.
func (b *Books) UpdateInvoice(actor string, id int64, in InvoiceInput) (Invoice, error) {
	before, err := b.invoices.get(KindInvoice, id)
	if err != nil {
		return Invoice{}, err
	}
	if before.Status != Draft {
		return Invoice{}, refuse("%s is %s; only a Draft can be updated.", before.Number, b.shown(before).Status)
	}
	if err := b.checkOpen(before.InvoiceDate); err != nil {
		return Invoice{}, err
	}
	in.InvoiceDate = Date(orElse(string(in.InvoiceDate), string(before.InvoiceDate)))
	in.DueDate = Date(orElse(string(in.DueDate), string(before.DueDate)))
	after, err := b.draft(in)
	if err != nil {
		return Invoice{}, err
	}
	after.ID, after.Number, after.ExternalID = before.ID, before.Number, before.ExternalID
	after.Created, after.Updated = before.Created, b.now()
	b.invoices.put(id, after)
	b.edited(actor, record{KindInvoice, id, after.Number}, before, after)
	return b.shown(after), nil
}

// SendInvoice e-mails an invoice to its client; a draft becomes Sent and is posted. Sending again is allowed and changes
// nothing. The sandbox sends no e-mail.
func (b *Books) SendInvoice(actor string, id int64) (Invoice, error) {
	inv, err := b.invoices.get(KindInvoice, id)
	if err != nil {
		return Invoice{}, err
	}
	switch {
	case inv.Status == Rejected:
		return Invoice{}, refuse("%s is Rejected and cannot be sent.", inv.Number)
	case b.shown(inv).ClientEmail == "":
		return Invoice{}, refuse("%s cannot be sent: client %s has no e-mail address.", inv.Number, inv.ClientName)
	default:
		return b.issue(actor, inv)
	}
}

// ShareInvoice makes a link to an invoice, which counts as sending it and needs no e-mail address. The API has no
// operation for it.
func (b *Books) ShareInvoice(actor string, id int64) (Invoice, error) {
	inv, err := b.invoices.get(KindInvoice, id)
	if err != nil {
		return Invoice{}, err
	}
	return b.issue(actor, inv)
}

func (b *Books) issue(actor string, before Invoice) (Invoice, error) {
	after := before
	if before.Status == Draft {
		if err := b.checkOpen(before.InvoiceDate); err != nil {
			return Invoice{}, err
		}
		posted, err := b.postInvoice(after)
		if err != nil {
			return Invoice{}, err
		}
		after.openBase = posted
		after.Status, after.ClientEmail = Sent, b.shown(before).ClientEmail
		after.Updated = b.now()
	}
	after.SentAt = b.now()
	b.invoices.put(after.ID, after)
	b.edited(actor, record{KindInvoice, after.ID, after.Number}, before.InvoiceHead, after.InvoiceHead)
	return b.shown(after), nil
}

// RejectInvoice cancels an unpaid invoice and takes back what it posted. The API has no operation for it.
func (b *Books) RejectInvoice(actor string, id int64) error {
	before, err := b.invoices.get(KindInvoice, id)
	if err != nil {
		return err
	}
	if before.Paid != 0 || before.Status == Rejected {
		return refuse("%s cannot be rejected.", before.Number)
	}
	after := before
	if before.Status == Sent {
		if err := b.postRejection(before); err != nil {
			return err
		}
	}
	after.Status, after.openBase, after.Updated = Rejected, 0, b.now()
	b.invoices.put(id, after)
	b.edited(actor, record{KindInvoice, id, after.Number}, before.InvoiceHead, after.InvoiceHead)
	return nil
}

// draft checks an input and works out the invoice it describes.
func (b *Books) draft(in InvoiceInput) (Invoice, error) {
	client, err := b.billable(in.ClientID)
	if err != nil {
		return Invoice{}, err
	}
	in.Currency = orElse(in.Currency, client.Currency)
	if err := checkCurrency(in.Currency); err != nil {
		return Invoice{}, err
	}
	if err := b.dates(&in); err != nil {
		return Invoice{}, err
	}
	items, sum, err := b.items(in.Items, in.Currency, in.InvoiceDate)
	if err != nil {
		return Invoice{}, err
	}
	return Invoice{
		InvoiceHead: InvoiceHead{
			ExternalID: in.ExternalID, Status: Draft, ClientID: client.ID, ClientName: client.Name, ClientEmail: client.Email,
			InvoiceDate: in.InvoiceDate, DueDate: in.DueDate, Currency: in.Currency, Notes: in.Notes,
			Subtotal: sum.subtotal, TaxTotal: sum.taxTotal, Total: sum.total,
		},
		Items: items, Taxes: sum.taxes, rate: b.Rate(in.Currency, in.InvoiceDate),
	}, nil
}

// billable finds a client that new documents may be made for.
func (b *Books) billable(id int64) (Contact, error) {
	if id == 0 {
		return Contact{}, refuse("clientId: must not be null")
	}
	client, err := b.Clients.Get(id)
	if err != nil {
		return Contact{}, refuse("clientId: there is no client with id %d", id)
	}
	if client.Archived {
		return Contact{}, refuse("clientId: client %s is archived; restore it in the app first", client.Name)
	}
	return client, nil
}

// dates fills in the dates left out and checks them.
func (b *Books) dates(in *InvoiceInput) error {
	in.InvoiceDate = Date(orElse(string(in.InvoiceDate), string(b.Today())))
	if err := checkDate("invoiceDate", in.InvoiceDate); err != nil {
		return err
	}
	if in.DueDate == "" {
		in.DueDate = in.InvoiceDate.AddDays(termsDays)
	}
	if err := checkDate("dueDate", in.DueDate); err != nil {
		return err
	}
	if in.DueDate < in.InvoiceDate {
		return refuse("dueDate: %s is before the invoice date %s", in.DueDate, in.InvoiceDate)
	}
	return b.checkOpen(in.InvoiceDate)
}
