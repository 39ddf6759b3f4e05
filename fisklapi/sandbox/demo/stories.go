package demo

// Three things are wrong in these books, for somebody to find. They are told in docs/demo-company.md.

// refitNumber is the number of the bill that was booked to the wrong account.
const refitNumber = "KYP-0914"

// payingLater are the clients that took so many days longer with every invoice, up to what the table of retainers says
// of the newest.
func payingLater() map[string]int { return map[string]int{"stone": 3} }

// planStories plants the other two stories: the refit of the studio, which is no cost of sales, and a bill that two
// people entered, each under a number of their own.
func planStories(h *history) {
	refit := charge{"5040", "Refit of meeting room and kitchenette, Unit 4", 480000, standard}
	h.purchase(receipt{"landlord", refit, theo, refitNumber, h.today.MonthStart(-2).AddDays(9), 30, 21, true})

	brochure := charge{"6000", "Studio brochure, 2,000 copies", 186000, standard}
	for _, entered := range []struct {
		actor, number string
		age           int
	}{{theo, "TPW-20417", 17}, {olivia, "TPW 20417", 13}} {
		h.purchase(receipt{"printer", brochure, entered.actor, entered.number, h.today.AddDays(-entered.age), 30, 0, false})
	}
}
