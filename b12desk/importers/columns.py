"""Which column of a table holds what, told from its header in the usual languages; never from the numbers below.

Two layouts are known: long (a row a test) and wide (a column a test, a row a day).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from b12desk.domain.analytes import catalogue, normal
from b12desk.domain.lab_units import readings

_HEADERS = {
    "name": (
        "name test testname test_name parameter analyte analyt component komponente analysis analyse analyse_name "
        "laboratory_test lab_test test_description testbezeichnung bezeichnung untersuchung laborwert laborparameter "
        "messgrosse messwert_name bepaling onderzoek parametre examen dosage analyse_libelle libelle prueba "
        "determinacion parametro analito esame test_esame prov analys undersokning undersokelse analysenavn analyysi "
        "tutkimus observation description item assay long_common_name marker biomarker lab_name_of_test display"
    ),
    "value": (
        "value result results result_value test_result wert ergebnis resultat messwert befund uitslag resultaat "
        "waarde valeur resultado valor risultato valore varde svar verdi vaerdi tulos numeric_value resultvalue "
        "observation_value measurement lab_value"
    ),
    "unit": (
        "unit units uom einheit einheiten eenheid eenheden unite unites unidad unidades unita unita_di_misura enhet "
        "enheter enhed yksikko result_unit result_units measurement_unit masseinheit"
    ),
    "date": (
        "date datum test_date testdatum collection_date collected collected_at collected_on collection_time "
        "collection_datetime collection_date_time date_collected sample_date sampled sample_time specimen_date "
        "specimen_collected drawn draw_date date_drawn datetime date_time observation_date effective_date "
        "effective_datetime effectivedatetime charttime abnahme abnahmedatum entnahme entnahmedatum "
        "probenentnahme probendatum blutentnahme datum_abnahme afnamedatum afname_datum datum_afname monsterdatum "
        "date_de_prelevement date_prelevement prelevement fecha fecha_de_extraccion fecha_toma fecha_muestra data "
        "data_prelievo data_del_prelievo provtagningsdatum provdatum provtagning provetidspunkt provedato dato "
        "prøvetakingstidspunkt provetakingsdato naytteenottoaika paivamaara pvm when day timestamp"
    ),
    "time": "time zeit uhrzeit abnahmezeit tijd heure hora ora tid klokkeslett kellonaika collection_hour",
    "low": (
        "low lower lower_limit low_limit ref_low reference_low range_low ref_min reference_min normal_low min "
        "minimum untergrenze referenz_min referenz_untergrenze untere_grenze ondergrens limite_inferieure borne_inf "
        "limite_inferior limite_inferiore nedre nedre_grans nedre_grense lower_reference_limit ref_range_low"
    ),
    "high": (
        "high upper upper_limit high_limit ref_high reference_high range_high ref_max reference_max normal_high max "
        "maximum obergrenze referenz_max referenz_obergrenze obere_grenze bovengrens limite_superieure borne_sup "
        "limite_superior limite_superiore ovre ovre_grans ovre_grense upper_reference_limit ref_range_high"
    ),
    "range": (
        "range reference_range ref_range reference referencerange normal_range normal_values reference_interval "
        "reference_values ref referenz referenzbereich referenzwert referenzwerte normbereich normalwerte normwert "
        "referentie referentiewaarde referentiewaarden referentiegebied valeurs_de_reference valeurs_usuelles norme "
        "normes intervalle_de_reference rango rango_de_referencia valores_de_referencia intervallo_di_riferimento "
        "valori_di_riferimento referens referensintervall referanse referanseomrade referenceinterval viitearvo "
        "viitearvot viitevali"
    ),
    "flag": (
        "flag flags abnormal abnormal_flag abnormalflag interpretation indicator hl h_l bewertung markierung "
        "kennzeichen auffallig drapeau indicador flagga avvik"
    ),
    "loinc": "loinc loinc_code loinccode loinc_num loinc_number code_loinc loinc_nr",
    "comparator": "comparator operator qualifier vergleichszeichen operateur",
    "status": "status result_status resultatstatus befundstatus statut estado stato",
    "lab": "lab laboratory lab_name performing_lab laboratory_name labor labornam laborname laboratorium "
    "laboratoire laboratorio performing_laboratory performing_org",
    "patient": (
        "pid patient patient_id patientid patient_no pat_no patient_number mrn subject subject_id person person_id "
        "patientennummer patienten_id patnr pat_id patientnummer numero_patient id_paciente id_paziente "
        "patientennr"
    ),
    "patient_name": (
        "patient_name patientname name_of_patient patientenname patient_full_name naam_patient nom_du_patient "
        "nombre_del_paciente nome_paziente full_name"
    ),
    "birth_date": (
        "birth_date birthdate dob date_of_birth geburtsdatum geburtstag geboortedatum date_de_naissance "
        "fecha_de_nacimiento data_di_nascita fodelsedatum fodselsdato syntymaaika"
    ),
    "specimen": (
        "specimen_id specimen_number specimen_no sample_id sample_no sample_number order_id order_number order_no "
        "accession accession_number auftragsnummer auftrags_nr probennummer proben_id monsternummer lab_no lab_number "
        "laboratory_number request_id ordernummer numero_echantillon numero_de_muestra"
    ),
    "method": "method methode metodo metod metode menetelma assay_method",
    "note": "note notes comment comments remark remarks kommentar bemerkung anmerkung opmerking commentaire comentario "
    "commento kommentti result_comment",
    "text": "result_text text_result textergebnis text",
}
_ROLE = {header.replace("_", " "): role for role, headers in _HEADERS.items() for header in headers.split()}
_UNIT_IN_HEADER = re.compile(
    r"(.*?)\s*(?:\(([^()]+(?:\([^()]*\))?)\)|\[([^\[\]]+(?:\[[^\]]*\][^\[\]]*)?)\])\s*\Z"
)


@dataclass(frozen=True, slots=True)
class WideColumn:
    """A column of a wide table that holds one test."""

    index: int
    header: str
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A recognised header: the column index of each role and, in a wide table, the columns of the tests."""

    roles: dict[str, int]
    wide: tuple[WideColumn, ...] = ()
    width: int = 0

    @property
    def certainty(self) -> int:
        """How many columns were recognised; the best of several delimiters has the most."""
        return len(self.roles) + len(self.wide)


def recognise(header: Sequence[str]) -> Layout | None:
    """The layout that a header row announces, or None where it announces no laboratory table."""
    roles: dict[str, int] = {}
    for index, title in enumerate(header):
        role = _ROLE.get(normal(title))
        if role is not None and role not in roles:
            roles[role] = index
    if "value" in roles and ("name" in roles or "loinc" in roles):
        return Layout(roles, (), len(header))
    if "date" not in roles:
        return None
    wide = _wide_columns(header, set(roles.values()))
    return (
        Layout({role: roles[role] for role in roles if role not in ("low", "high")}, wide, len(header))
        if wide
        else None
    )


def split_unit(title: str) -> tuple[str, str | None]:
    """A title with its unit, "Hb (g/dL)", to its name and its unit; brackets that hold no unit stay in the name."""
    found = _UNIT_IN_HEADER.match(title)
    if found is None:
        return title.strip(), None
    unit = found[2] or found[3]
    return (found[1], unit.strip()) if found[1] and readings(unit) else (title.strip(), None)


def _wide_columns(header: Sequence[str], taken: set[int]) -> tuple[WideColumn, ...]:
    known = catalogue()
    columns = []
    for index, title in enumerate(header):
        name, unit = split_unit(title)
        if index not in taken and known.by_name(name):
            columns.append(WideColumn(index, title.strip(), name, unit))
    return tuple(columns)
