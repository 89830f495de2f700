from onrecord.lexicons.countries import countries_by_code, countries_by_word, load_countries


def test_all_iso_countries_and_kosovo_are_there():
    assert len([c for c in load_countries() if c.successor is None]) == 250
    assert countries_by_code()["XKX"].cameo == "KOS"


def test_former_states_name_a_living_successor():
    codes = countries_by_code()
    for country in load_countries():
        if country.successor is not None:
            assert codes[country.successor].successor is None


def test_words_lead_to_their_country():
    words = countries_by_word()
    for word, code in [("congo", "COD"), ("niger", "NER"), ("nigerian", "NGA"), ("dominican", "DOM")]:
        assert words[word].alpha3 == code
