package demo

import "github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"

// planCorrections lets people change their minds, so that the audit trail has something to tell.
func planCorrections(h *history) {
	h.ago(132, 10*60, func() error {
		return h.amend("heron", theo, func(in *books.ContactInput) { in.Email = "accounts.payable@blueheronhotels.example" })
	})
	h.ago(47, 10*60, func() error {
		return h.amend("stone", olivia, func(in *books.ContactInput) { in.Phone = "+44 1273 496 088" })
	})
	h.ago(6, 15*60, func() error {
		return h.amend("northwind", theo, func(in *books.ContactInput) { in.Notes = "Ask for Magda. Always pays in the end." })
	})
	h.ago(61, 9*60, func() error {
		raised := service("Art direction", "day", 76000, "On set or in the studio")
		raised.TaxIDs = []int64{h.tax(standard)}
		_, err := h.books.UpdateProduct(olivia, h.products["direction"], raised)
		return err
	})
}

// amend changes something about a client and leaves the rest as the table says.
func (h *history) amend(key, actor string, change func(*books.ContactInput)) error {
	for _, p := range clients() {
		if p.key == key {
			change(&p.ContactInput)
			_, err := h.books.Clients.Update(actor, h.clients[key], p.ContactInput)
			return err
		}
	}
	return nil
}
