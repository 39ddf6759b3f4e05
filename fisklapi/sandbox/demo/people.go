package demo

import (
	"slices"

	"github.com/fiskl-mcp/fiskl-mcp/fisklapi/sandbox/books"
)

// Who made the history. The system books what the bank feed matched.
const (
	olivia = "Olivia Harbour"
	theo   = "Theo Finch"
	system = "System"
)

// person is a client or a vendor under the short name the other tables use.
type person struct {
	key   string
	since int // Days ago.
	books.ContactInput
}

// clients are all clients in the order of their ids, which count from 1024 in steps of 11.
func clients() []person { return slices.Concat(firstClients(), laterClients()) }

func firstClients() []person {
	return []person{
		{"acme", startAge, books.ContactInput{
			Name: "Acme Ltd", Email: "billing@acme.example", Phone: "+44 161 496 0377",
			Address: "Acme House\n14 Quay Street\nManchester M3 3JE", TaxNumber: "GB 412 8891 07",
			CC: []string{"pat.doyle@acme.example"}, Notes: "Retainer renews in April. PO number goes on every invoice.",
		}},
		{"northwind", startAge, books.ContactInput{
			Name: "Northwind Bakery", Email: "accounts@northwind.example", Phone: "+44 20 7946 0411",
			Address: "88 Columbia Road\nLondon E2 7QB", Notes: "Slow in summer, always pays in the end.",
		}},
		{"oleary", startAge, books.ContactInput{
			Name: "O'Leary & Sons Joinery", Email: "niamh@olearyjoinery.example", Phone: "+44 117 496 0120",
			Address: "Unit 9, Old Dock Works\nBristol BS1 6XN",
		}},
		{"heron", startAge, books.ContactInput{
			Name: "Blue Heron Hotels", Email: "ap@blueheronhotels.example", Phone: "+44 131 496 0754",
			Address: "3 Waverley Steps\nEdinburgh EH1 1BQ", TaxNumber: "GB 307 5520 44",
			BCC: []string{"archive@blueheronhotels.example"}, ShippingAddress: "Blue Heron Leith\n61 Shore\nEdinburgh EH6 6RA",
		}},
		{"mueller", startAge, books.ContactInput{
			Name: "Müller Maschinenbau AG", Email: "rechnung@mueller-maschinenbau.example", Country: "DE", Currency: "EUR",
			Address: "Industriestraße 27\n70565 Stuttgart", TaxNumber: "DE811907980",
		}},
		{"lumiere", startAge, books.ContactInput{
			Name: "Café Lumière SARL", Email: "compta@cafe-lumiere.example", Country: "FR", Currency: "EUR",
			Address: "12 rue de la Clef\n59800 Lille", TaxNumber: "FR 40 303265045",
		}},
		{"retail", startAge, books.ContactInput{
			Name: "Acme Retail GmbH", Country: "DE", Currency: "EUR", Address: "Große Bleichen 30\n20354 Hamburg",
			TaxNumber: "DE276452187", Notes: "Not the same firm as Acme Ltd. Wants the link, not an e-mail.",
		}},
	}
}

func laterClients() []person {
	return []person{
		{"cascade", 540, books.ContactInput{
			Name: "Cascade Analytics Inc", Email: "payables@cascadeanalytics.example", Country: "US", Currency: "USD",
			Address: "1420 Fifth Avenue, Suite 2200\nSeattle, WA 98101",
		}},
		{"brightwater", 530, books.ContactInput{
			Name: "Brightwater Dental Practice", Email: "reception@brightwater.example", Address: "5 Mill Lane\nBath BA2 4JT",
		}},
		{"stone", 525, books.ContactInput{
			Name: "Stone & Vale Architects", Email: "studio@stonevale.example", Address: "The Old Brewery\nLewes BN7 2AZ",
		}},
		{"fern", 410, books.ContactInput{
			Name: "Fern Street Community Theatre", Email: "treasurer@fernstreet.example",
			Address: "Fern Street\nLondon E3 3PR", Notes: "Charity no. 1099999. Treasurer changes every spring.",
		}},
		{"oldmill", startAge, books.ContactInput{
			Name: "Old Mill Press", Email: "office@oldmillpress.example", Address: "Mill Street\nOxford OX2 0AJ",
			Notes: "Closed down last year.",
		}},
		{"pacific", 330, books.ContactInput{
			Name: "Pacific Trail Outfitters LLC", Email: "ops@pacifictrail.example", Country: "US", Currency: "USD",
			Address: "77 Harrison St\nPortland, OR 97201",
		}},
	}
}

func vendors() []person {
	return []person{
		{"landlord", startAge, books.ContactInput{
			Name: "Kingsland Yard Properties Ltd", Email: "rents@kingslandyard.example", RegistrationNumber: "06217744",
		}},
		{"printer", startAge, books.ContactInput{
			Name: "Tideway Print Works", Email: "jobs@tidewayprint.example", Phone: "+44 20 7946 0520",
		}},
		{"weiss", startAge, books.ContactInput{
			Name: "Jürgen Weiß Illustration", Email: "hallo@weiss-illustration.example", Country: "DE", Currency: "EUR",
			TaxNumber: "DE198765432",
		}},
		{"software", startAge, books.ContactInput{
			Name: "Northlight Software Ltd", Email: "billing@northlightsoftware.example", RegistrationNumber: "09458812",
		}},
		{"accountant", startAge, books.ContactInput{Name: "Brill & Baker LLP", Email: "fees@brillbaker.example"}},
		{"broadband", startAge, books.ContactInput{Name: "Metro Broadband", Email: "care@metrobroadband.example"}},
		{"power", startAge, books.ContactInput{Name: "Hackney Power & Light", Email: "business@hackneypl.example"}},
		{"hire", 400, books.ContactInput{Name: "D'Arcy Photographic Hire", Email: "desk@darcyhire.example"}},
	}
}

func planPeople(h *history) {
	h.meet(clients(), h.books.Clients, h.clients)
	h.meet(vendors(), h.books.Vendors, h.vendors)
	h.ago(300, 11*60, func() error { return h.books.Clients.Archive(olivia, h.clients["oldmill"]) })
}

func (h *history) meet(people []person, into *books.Contacts, known map[string]int64) {
	for _, p := range people {
		h.ago(p.since, 9*60, func() error {
			made, err := into.Create(olivia, p.ContactInput)
			known[p.key] = made.ID
			return err
		})
	}
}
