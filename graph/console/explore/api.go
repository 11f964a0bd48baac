package explore

import (
	"context"
	"encoding/json"
	"errors"
	"log"
	"net/http"
	"strings"

	"github.com/sila-graph/sila/graph/console/explore/index"
)

// apiEntity is an entity as the API gives it.
type apiEntity struct {
	IRI         string    `json:"iri"`
	Name        string    `json:"name"`
	NameAr      string    `json:"name_ar,omitempty"`
	NameEn      string    `json:"name_en,omitempty"`
	Type        string    `json:"type"`
	Kind        string    `json:"kind,omitempty"` // in words
	Country     string    `json:"country,omitempty"`
	CountryName string    `json:"country_name,omitempty"`
	Also        string    `json:"also,omitempty"`   // the form of its name that fits a search
	Unique      bool      `json:"unique,omitempty"` // the name leads to nobody else
	Near        bool      `json:"near,omitempty"`   // the name fits only nearly
	Located     []float64 `json:"located,omitempty"`
	Facts       int       `json:"facts"`
	Articles    int       `json:"articles"`
	Page        string    `json:"page"`
}

// apiFact is a fact as the API gives it.
type apiFact struct {
	IRI        string    `json:"iri"`
	Type       string    `json:"type"`
	Subtype    string    `json:"subtype,omitempty"`
	Text       string    `json:"text"` // in words
	Agents     []apiNode `json:"agents"`
	Patients   []apiNode `json:"patients"`
	Places     []apiNode `json:"places"`
	Title      string    `json:"title,omitempty"`
	Date       string    `json:"date,omitempty"`
	DateIs     string    `json:"date_is,omitempty"` // told, first report
	Status     string    `json:"status"`
	Claimed    bool      `json:"claimed,omitempty"`
	Ended      bool      `json:"ended,omitempty"`
	CountLow   *int32    `json:"count_low,omitempty"`
	CountHigh  *int32    `json:"count_high,omitempty"`
	Confidence float64   `json:"confidence"`
	Reports    int       `json:"reports"`
	Located    []float64 `json:"located,omitempty"` // latitude and longitude of where it took place
	Page       string    `json:"page"`
}

type apiNode struct {
	IRI  string `json:"iri"`
	Name string `json:"name"`
	Type string `json:"type"`
}

func (v *view) apiNode(id int32) apiNode {
	e := &v.Entities[id]
	name, _ := v.name(e)
	return apiNode{string(e.IRI), name, string(e.Type)}
}

func (v *view) apiNodes(ids []int32) []apiNode {
	out := make([]apiNode, len(ids))
	for i, id := range ids {
		out[i] = v.apiNode(id)
	}
	return out
}

func (v *view) apiEntity(id int32) apiEntity {
	e := &v.Entities[id]
	a := apiEntity{IRI: string(e.IRI), NameAr: e.Ar, NameEn: e.En, Type: string(e.Type), Kind: v.entityTag(e).Text, Facts: int(e.NFacts), Articles: int(e.NIn), Page: entityURL(e.IRI)}
	a.Name, _ = v.name(e)
	if e.Country != index.None {
		a.Country = string(v.Entities[e.Country].IRI)
		a.CountryName = v.ref(e.Country).Text
	}
	if e.Located {
		a.Located = []float64{e.Lat, e.Lon}
	}
	return a
}

func (v *view) apiFact(id int32) apiFact {
	f := &v.Facts[id]
	a := apiFact{IRI: string(f.IRI), Type: f.Type.Name, Subtype: f.Subtype, Text: v.headline(id), Agents: v.apiNodes(f.Agents), Patients: v.apiNodes(f.Patients), Places: v.apiNodes(f.Places),
		Title: f.Title, Date: f.Date().String(), Status: f.Status.String(), Claimed: f.Claimed, Ended: f.Ended, Confidence: float64(f.Confidence) / 100, Reports: int(f.NReports), Page: factURL(f.IRI)}
	if a.Date != "" {
		a.DateIs = "told"
		if f.When == 0 {
			a.DateIs = "first report"
		}
	}
	if f.Low >= 0 {
		a.CountLow = &f.Low
	}
	if f.High >= 0 {
		a.CountHigh = &f.High
	}
	if p, ok := v.spot(f); ok {
		a.Located = []float64{p.Lat, p.Lon}
	}
	return a
}

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	enc := json.NewEncoder(w)
	_ = enc.Encode(v) // a client that has left needs no error
}

// apiFailure is what the API answers where it can't do what it was asked.
type apiFailure struct {
	Error      string      `json:"error"`
	Param      string      `json:"param,omitempty"`
	Candidates []apiEntity `json:"candidates,omitempty"` // who may be meant
}

// apiError writes an error with its status.
func (s *Server) apiError(w http.ResponseWriter, err error) {
	status := http.StatusInternalServerError
	f := apiFailure{Error: err.Error()}
	var in *inputError
	var nf *notFound
	switch {
	case errors.As(err, &in):
		status, f.Param = http.StatusBadRequest, in.param
		f.Error = in.reason(english)
		s.mu.Lock()
		gen := s.gen
		s.mu.Unlock()
		if gen != nil {
			v := &view{gen, english}
			for _, h := range in.near {
				if int(h.ID) < len(v.Entities) {
					f.Candidates = append(f.Candidates, v.apiEntity(h.ID))
				}
			}
		}
	case errors.As(err, &nf):
		status = http.StatusNotFound
	case errors.Is(err, errReadOnly):
		status = http.StatusForbidden
	case errors.Is(err, errPreparing):
		status = http.StatusServiceUnavailable
		w.Header().Set("Retry-After", "3")
	case errors.Is(err, context.DeadlineExceeded):
		status, f.Error = http.StatusGatewayTimeout, "the request took longer than "+s.opt.Time.String()
	case errors.Is(err, context.Canceled):
		status = 499
	default:
		log.Printf("explorer: %v", err)
	}
	w.Header().Del("Content-Disposition")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(f)
}

// isAPI says whether a path is one of programs.
func isAPI(path string) bool { return strings.HasPrefix(path, "/api/") }
