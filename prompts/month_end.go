package prompts

func monthEndReview() Prompt {
	return Prompt{
		Name:        "month_end_review",
		Title:       "Month-end review",
		Description: "What is odd, missing or wrong in a month's books before they are closed.",
		Arguments:   []Argument{period("last month"), basis()},

		goal: "Go through the books of the period before it is closed, and list what is odd, missing or wrong. Nothing is changed.",
		steps: []step{
			call("review_books", args{{"period", over("period")}},
				"What to look at, the most urgent first, with the records. Follow the next call of each high or medium finding, five at most. What stands under not_checked was not looked at: say so."),
			call("get_profit_and_loss", args{{"period", over("period")}, {"basis", from("basis")}, {"compare", 2}},
				"The period and two before it. Note each margin or account that leaves its pattern, in whichever of the three."),
			call("trace_figure", args{{"account", "<code of an account that changed>"}, {"period", over("period")}, {"basis", from("basis")}},
				"For each change that has no plain reason, three at most: the transactions, and who last changed them. Does each text fit its account? A refit, a machine or a deposit among running costs is booked wrong."),
			call("get_balance_sheet", args{{"period", at("period")}, {"basis", from("basis")}, {"compare", 1}},
				"Balances that jumped, are negative, or should be zero."),
			call("get_tax_report", args{{"period", over("period")}, {"basis", from("basis")}},
				"Sales tax of the period by agency; positive is payable."),
			call("list_changes", args{{"period", over("period")}, {"all", true}},
				"Who changed what in the period. Look for changes to records of earlier periods, and for amounts changed after an invoice was sent. System is a feed or a schedule."),
		},
		check: []string{
			"All reports are on the same basis and dates.",
			"Every exception names a record, an account or a person. What you cannot trace is a question, not a finding.",
		},
		show: []string{
			"Exceptions first, the largest on top: what, account or record, amount with currency, date, who, and what it should be.",
			"Then the period beside the one before: revenue, gross profit and margin, net profit, cash, tax due.",
			"What to do in the Fiskl app, as a list; and in one line what was looked at and is in order.",
		},
		stop: []string{
			"Nothing can be posted, moved or closed from here: corrections are made in the Fiskl app. Ask before you do anything else.",
			"If the period is not over yet, say that its figures will change.",
		},
	}
}
