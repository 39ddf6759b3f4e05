package prompts

func whyDidItChange() Prompt {
	return Prompt{
		Name:        "why_did_it_change",
		Title:       "Why did it change?",
		Description: "From a figure that moved down to the transactions behind it, and who entered them.",
		Arguments: []Argument{
			words("figure", "What moved: profit, gross margin, cash, or an account", maxName),
			period("last month"),
			against(),
		},

		goal: "Find out why the figure moved, from the report down to the single transaction and who entered it. Without a figure: why profit changed. Nothing is changed.",
		steps: []step{
			call("get_profit_and_loss", args{{"period", over("period")}, {"compare", 2}},
				"The period and two before it: did the figure move now, or is another of the three the odd one? Gross margin is gross_profit by revenue, of each."),
			call("compare_periods", args{{"period", from("period")}, {"against", from("against")}},
				`Accounts by how much they changed, largest first. For cash or another balance add "report":"balance_sheet".`),
			call("trace_figure", args{{"account", "<code of the account that explains most>"}, {"period", over("period")}},
				"The transactions behind it, largest first. Does each text fit its account? Is one there twice, under nearly the same number? Then the next account, three at most, until most of the change is explained."),
			call("get_record_history", args{{"record_type", "transaction"}, {"record", "<record_id of the transaction that explains most>"}},
				"Who entered it and who changed it since, and when. System is a feed or a schedule."),
		},
		check: []string{
			"The changes you name come to nearly the whole change. Say how much stays unexplained.",
			"A fall may be a rise before it: name the period that is odd.",
		},
		show: []string{
			"The answer in one sentence with the amount, its currency and both periods.",
			"The way down: figure, account, transaction with date, number, contact, text and amount, and who entered it.",
			"Whether it is business, timing or a mistake; a mistake with what it should be.",
		},
		stop: []string{
			"If the period named looks normal and another is odd, ask which is meant before you go on.",
			"Nothing can be re-booked from here: that is done in the Fiskl app. Blame nobody: who entered it is whom to ask.",
		},
	}
}

// against is the period that another is held against.
func against() Argument {
	a := period("")
	a.Name, a.Description = "against", "The period to compare with, in the same form; default the one before"
	return a
}
