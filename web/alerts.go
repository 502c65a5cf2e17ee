package web

import (
	"cmp"
	"context"

	"casus"
	"casus/alert"
)

// AlertsQuestion asks what rules would raise.
type AlertsQuestion struct {
	AsOf     casus.Date // the last of the days
	Days     int
	Language string // nl or en, of what the alerts say
	Limit    int    // alerts of a rule
}

// Alerts works out what rules would raise, and tells now and then what there is so far.
type Alerts func(ctx context.Context, q AlertsQuestion, soFar func(alert.Outlook)) (alert.Outlook, error)

type alertsQuestion struct {
	AsOf     string `query:"as_of" maxLength:"10" doc:"The last of the days on which the desk got the articles; today unless said."`
	Days     int    `query:"days" minimum:"0" maximum:"366" doc:"So many days up to it; 7 unless said."`
	Language string `query:"language" enum:"nl,en" doc:"Of what the alerts say; en unless said."`
	Limit    int    `query:"limit" minimum:"0" maximum:"1000" doc:"At most this many of each rule; 20 unless said."`
}

// What is shown of alerts unless said.
const (
	alertDays  = 7
	alertLimit = 20
)

// alerts tells what the rules file of this server would have raised; where it
// has none, the answer names no file. What takes long is pending: see outlooks.
func (a *api) alerts(ctx context.Context, in *alertsQuestion) (alert.Outlook, error) {
	asOf, err := parseDay("as_of", in.AsOf)
	if err != nil {
		return alert.Outlook{}, err
	}
	q := AlertsQuestion{AsOf: a.today(asOf), Days: cmp.Or(in.Days, alertDays), Language: cmp.Or(in.Language, "en"), Limit: cmp.Or(in.Limit, alertLimit)}
	if a.outlooks == nil {
		return alert.Outlook{AsOf: q.AsOf, Days: q.Days, Rules: []alert.Checked{}, Wrong: []string{}}, nil
	}
	return a.outlooks.ask(ctx, q)
}
