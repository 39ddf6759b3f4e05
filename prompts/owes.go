package prompts

func whoOwesMeMoney() Prompt {
	return Prompt{
		Name:        "who_owes_me_money",
		Title:       "Who owes me money?",
		Description: "What each client owes, how late it is, and whom to chase first.",
		Arguments:   []Argument{client("Only this client")},

		goal: "Find out who owes the company money, how much and how late, and whom to chase first. Nothing is changed.",
		steps: []step{
			call("get_receivables_aging", args{{"client", from("client")}, {"detail", true}},
				"What each client owes by days past due, in the base currency; Current is not due yet. Below it each unpaid invoice in its own currency. Drafts are not counted.").
				orElse("Make the next call with status unpaid as well, and take its sums, a currency each."),
			call("list_invoices", args{{"client", from("client")}, {"status", "overdue"}, {"all", true}},
				"The late invoices: due date, days_late and what is outstanding, part payments taken off.").
				orElse("The invoices with days_late in the call before are the late ones."),
			call("get_payment_speed", nil,
				"How long clients take on average, to tell who is unusual.").unless("client"),
		},
		check: []string{
			"The late invoices of both calls are the same, with the same amounts. If not, show both and say so.",
			"Largest and latest differ: the largest balance may not be due at all.",
		},
		show: []string{
			"In one line: owed in all, of it overdue and not yet due, and the day of the answer.",
			"A table of the late invoices, those to chase first on top: client, number, outstanding with currency, due date, days late.",
			"Who owes most in all, and how much of it is due.",
			"For the first three to chase, a reason each.",
		},
		stop: []string{
			"Send or record nothing here. Offer the job Collections letters and wait for an answer.",
			"If nobody owes anything, say so and stop.",
		},
	}
}
