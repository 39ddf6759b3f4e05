package demo

import (
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/ledger"
)

const creditCard ledger.Code = "2100"

// habit is what the card buys on one day of every month, or of every so many months; the seed and the month add up to
// so much to the price.
type habit struct {
	merchant string
	charge
	plus       books.Minor
	day, every int
}

func habits() []habit {
	return []habit{
		{"Cloudmoor Hosting", charge{"6200", "Hosting and domains", 4500, standard}, 0, 2, 1},
		{"Great Southern Rail", charge{"6230", "Trains to clients", 6800, zero}, 5200, 6, 1},
		{"City Cabs", charge{"6210", "Taxis", 1900, standard}, 1600, 11, 1},
		{"Premier Rooms", charge{"6220", "Hotel, client visit", 12400, standard}, 2000, 13, 2},
		{"Paper & Pencil", charge{"6140", "Studio supplies", 5200, standard}, 3800, 17, 1},
		{"The Ferry House", charge{"6110", "Lunch with a client", 4600, outside}, 3000, 21, 1},
		{"Beacon Ads", charge{"6000", "Online advertising", 15000, standard}, 4000, 24, 1},
		{"Harrow Type Foundry", charge{"6200", "Font licences", 12000, standard}, 0, 19, 3},
		{"Capital Couriers", charge{"6180", "Couriers and postage", 2200, standard}, 1800, 26, 1},
	}
}

func planCard(h *history) {
	for _, b := range habits() {
		for i, day := range h.monthly(b.day) {
			if i%b.every != 0 {
				continue
			}
			c := b.charge
			c.net += books.Minor(h.vary(int(b.plus), b.merchant, i))
			h.spend(day, b.merchant, creditCard, h.booked(c))
		}
	}
}
