"""Customers made from a seed, with duplicates planted among them as people make them, and some who only look so."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field, replace


def _list(words: str, mark: str = " ") -> list[str]:
    return words.split(mark)


MALAY = _list("Aminah Faridah Nurul Siti Hasnah Rohana Zainab Khadijah Salmah Norliza Hafiz Azman Faizal Rashid Kamal "
              "Zulkifli Hakim Amirul Shahrul Nazri Farid Farida Salim Salimah Izzat Haziq Syafiq Aisyah Balqis "
              "Maisarah")
FATHERS = _list("Ismail Abdullah Othman Yusof Hassan Ibrahim Mahmud Zakaria Mohamad Rahman Sulaiman Bakar Omar Idris")
SURNAMES = _list("Tan Lim Lee Ng Wong Chan Goh Teoh Ooi Chong Yap Khoo Cheah Low Foo")
GIVEN = _list("Wei Ming|Mei Ling|Siew Hong|Kok Leong|Chee Keong|Hui Min|Jia Hao|Xin Yi|Boon Huat|Swee Lan|Mei Lin|"
              "Wei Jie|Yoke Fong|Kah Wai|Seng Huat|Pei Shan", "|")
INDIAN = _list("Muthu Ganesan Rajesh Suresh Kumaran Priya Lakshmi Devi Anand Saravanan Vijay Kavitha Meena Arumugam")
FILIPINO = _list("Jose Maria Juan Antonio Rosario Carmela Luisa Ramon Teresita Gloria Ricardo Eduardo Corazon")
CLANS = _list("Santos Reyes Cruz Bautista Ocampo Garcia Mendoza Torres Villanueva Dela Cruz")
HAN = {"陳": "Chan", "李": "Lee", "黃": "Wong", "林": "Lim", "張": "Cheung", "王": "Wang", "吳": "Ng", "劉": "Lau",
       "蔡": "Choi", "楊": "Yeung"}
HAN_GIVEN = {"小明": "Siu Ming", "志華": "Chi Wah", "美玲": "Mei Ling", "家豪": "Ka Ho", "淑芬": "Shuk Fan",
             "志明": "Chi Ming", "俊傑": "Chun Kit", "雅婷": "Nga Ting", "建國": "Kin Kwok", "秀英": "Sau Ying",
             "怡君": "Yi Chun", "國強": "Kwok Keung"}
NEPALI = {"लक्ष्मी": "Laxmi", "राम": "Ram", "सीता": "Sita", "गणेश": "Ganesh", "सुनिता": "Sunita",
          "विष्णु": "Bishnu", "कमला": "Kamala"}
NEPALI_CLANS = {"श्रेष्ठ": "Shrestha", "थापा": "Thapa", "गुरुङ": "Gurung", "तामाङ": "Tamang", "अधिकारी": "Adhikari"}
TRADE = _list("Maju Jaya Harmoni Sentosa Gemilang Wawasan Cahaya Mutiara Bintang Sinar Pelangi Warisan Permata Seri "
              "Kencana Delima Perdana Mewah Bestari Sejati")
KIND = _list("Hardware Motor Tiles Catering Renovation Bakery Electrical Plumbing Furniture Printing Pharmacy Textile")
FORMS = ("Sdn Bhd", "Sdn. Bhd.", "Enterprise", "Trading", "Pte Ltd", "")
HAN_SHOPS = _list("大華 永豐 金龍 信義 宏達 順發 福星 東方 新光 泰山")
HAN_TRADES = _list("五金 建材 科技 食品 貿易 機械")
STREETS = _list("Jalan Ampang|Jalan Merdeka|Lorong Selamat|Jalan Bukit Bintang|Jalan Tun Razak|Jalan Mawar|Jalan Besar|"
                "Persiaran Raja|Jalan Kenanga|Lorong Damai", "|")
CITIES = _list("Kuala Lumpur|Ipoh|Penang|Johor Bahru|Melaka|Kuching|Seremban|Klang|Alor Setar|Kota Bharu", "|")


@dataclass(frozen=True)
class Person:
    """A customer as someone writes them down; `name` in parts as its culture has them."""

    culture: str
    name: str
    phone: str
    email: str = ""
    city: str = ""
    address: str = ""
    registration: str = ""
    more: dict[str, str] = field(default_factory=dict)

    def row(self) -> dict[str, str | None]:
        """The customer's own columns."""
        return {"name": self.name, "city": self.city or None, "address": self.address or None,
                "registration": self.registration or None, "call_name": self.more.get("call_name"),
                "sort_name": self.more.get("sort_name"),
                "kind": "company" if self.culture in ("shop", "han shop") else "person"}


class Town:
    """Makes people; every draw comes from one seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._number = 0

    def anyone(self) -> Person:
        """Someone new, of any culture."""
        pick = self.chance.choice
        culture = self.chance.choices(("malay", "chinese", "indian", "filipino", "han", "nepali", "shop", "han shop"),
                                      (22, 14, 8, 8, 10, 6, 26, 6))[0]
        more: dict[str, str] = {}
        registration = ""
        if culture == "malay":
            first = pick(MALAY)
            name = f"{pick(('', '', 'Mohd ', 'Siti ', 'Nur '))}{first} {pick(('bin', 'binti'))} {pick(FATHERS)}"
        elif culture == "chinese":
            name = f"{pick(('', '', '', 'Michael ', 'Jenny '))}{pick(SURNAMES)} {pick(GIVEN)}"
        elif culture == "indian":
            name = f"{pick(INDIAN)} {pick(INDIAN)} {pick(('a/l', 'a/p'))} {pick(INDIAN)}"
        elif culture == "filipino":
            name = f"{pick(FILIPINO)} {pick(FILIPINO)} {pick(CLANS)}"
        elif culture == "han":
            family, given = pick(list(HAN)), pick(list(HAN_GIVEN))
            name, more = family + given, {"sort_name": f"{HAN[family]} {HAN_GIVEN[given]}"}
        elif culture == "nepali":
            given, clan = pick(list(NEPALI)), pick(list(NEPALI_CLANS))
            name, more = f"{given} {clan}", {"call_name": f"{NEPALI[given]} {NEPALI_CLANS[clan]}"}
        elif culture == "shop":
            name = f"{pick(TRADE)} {pick(TRADE)} {pick(KIND)} {pick(FORMS)}".strip()
            registration = f"{self.chance.randrange(2005, 2026)}01{self.chance.randrange(10**6):06}" \
                if self.chance.random() < 0.4 else ""
        else:
            name = f"{pick(HAN_SHOPS)}{pick(HAN_TRADES)}{pick(('有限公司', '股份有限公司', '企業社'))}"
        self._number += 1
        latin = (more.get("sort_name") or more.get("call_name") or name).lower()
        local = "".join(letter for letter in latin if letter.isascii() and letter.isalnum())[:18]
        email = f"{local or 'shop'}{self._number}@{pick(('gmail.com', 'yahoo.com', 'outlook.com'))}" \
            if self.chance.random() < 0.6 else ""
        return Person(culture, name, self.phone(), email, pick(CITIES),
                      f"{self.chance.randrange(1, 400)} {pick(STREETS)}" if self.chance.random() < 0.7 else "",
                      registration, more)

    def phone(self) -> str:
        """A new mobile number."""
        return f"01{self.chance.choice('2346789')}{self.chance.randrange(2_000_000, 9_999_999)}"

    # --- who only looks like another -------------------------------------------------------------------------------

    def relative(self, one: Person) -> Person:
        """Someone else of the same family or house: the same phone and address, another given name."""
        def first_names(name: str) -> set[str]:
            common = (*SURNAMES, *CLANS, "Mohd", "Siti", "Nur", "Michael", "Jenny", "bin", "binti", "a/l", "a/p")
            return set(name[1:2]) if one.culture == "han" else {word for word in name.split() if word not in common}

        while True:
            other = self.anyone()
            if other.culture == one.culture and not first_names(other.name) & first_names(one.name):
                break
        words, theirs = one.name.split(), other.name.split()
        name = other.name
        if one.culture == "malay":
            name = " ".join((*theirs[:-1], words[-1]))
        elif one.culture == "chinese":
            name = f"{next(word for word in words if word in SURNAMES)} {' '.join(theirs[-2:])}"
        elif one.culture == "han":
            name = one.name[0] + other.name[1:]
        more = {"sort_name": f"{HAN[name[0]]} {HAN_GIVEN[name[1:]]}"} if one.culture == "han" else other.more
        return replace(other, name=name, phone=one.phone, address=one.address, city=one.city, more=more)

    def namesake(self, one: Person) -> Person:
        """Someone else of the same name, often in the same city."""
        return replace(one, phone=self.phone(), email="", registration="", address="",
                       city=one.city if self.chance.random() < 0.5 else self.chance.choice(CITIES))

    def second_shop(self, one: Person) -> Person:
        """Another shop of the same owner, with the same phone: another trade, or a branch with a number."""
        words = one.name.split()
        if self.chance.random() < 0.5:
            trade = self.chance.choice([kind for kind in KIND if kind not in words])
            name = f"{words[0]} {words[1]} {trade} Enterprise"
        else:
            name = f"{' '.join(words[:3])} Cawangan {self.chance.randrange(2, 9)}"
        return replace(one, name=name, email="", registration="", address="")

    # --- the same customer, written down again ----------------------------------------------------------------------

    def again(self, one: Person) -> tuple[str, Person]:
        """The same customer with the faults that people make; says which."""
        faults: list[tuple[str, Callable[[Person], Person]]] = [("typo", self._typo), ("moved house", self._moved)]
        if one.culture in ("malay", "chinese", "filipino", "indian", "nepali"):
            faults.append(("swapped names", self._swapped))
        if one.culture in ("shop", "han shop"):
            faults += [("legal form", self._form)] * 2
        if one.culture in ("malay", "indian"):
            faults.append(("particle", self._particle))
        if one.culture in ("han", "nepali"):
            faults += [("other script", self._script)] * 3
        chosen = self.chance.sample(faults, 2 if self.chance.random() < 0.3 else 1)
        made = one
        for _, fault in chosen:
            made = fault(made)
        made = replace(made, more={}) if made.more == one.more and made.name != one.name else made
        if one.email and self.chance.random() < 0.2:  # a new number, known by the e-mail
            return "+".join(fault for fault, _ in chosen) + "+new phone", replace(made, phone=self.phone())
        keeps = self.chance.random() < 0.5
        return "+".join(fault for fault, _ in chosen), replace(made, phone=self._rewritten(one.phone),
                                                               email=made.email if keeps else "")

    def _rewritten(self, phone: str) -> str:
        return self.chance.choice((f"+6{phone[:3]}-{phone[3:6]} {phone[6:]}", f"{phone[:3]}-{phone[3:]}", f"6{phone}",
                                   f"({phone[:3]}) {phone[3:6]}.{phone[6:]}", f"006{phone}"))

    def _typo(self, one: Person) -> Person:
        words = one.name.split()
        places = [number for number, word in enumerate(words) if len(word) >= 4 and word.isascii() and word.isalpha()]
        if not places:
            return self._moved(one)
        place = self.chance.choice(places)
        word, at = words[place], self.chance.randrange(1, len(words[place]) - 1)
        words[place] = self.chance.choice((
            word[:at] + word[at + 1] + word[at] + word[at + 2:], word[:at] + word[at + 1:],
            word[:at] + word[at] + word[at:], word[:at] + self.chance.choice("aeiounrst") + word[at + 1:]))
        return replace(one, name=" ".join(words))

    def _swapped(self, one: Person) -> Person:
        words = [word for word in one.name.split() if word not in ("bin", "binti", "a/l", "a/p")]
        return replace(one, name=" ".join((words[-1], *words[:-1])) if self.chance.random() < 0.5
                       else f"{words[-1].upper()}, {' '.join(words[:-1])}")

    def _form(self, one: Person) -> Person:
        name = one.name
        for form in ("股份有限公司", "有限公司", "企業社", "Sdn. Bhd.", "Sdn Bhd", "Pte Ltd"):
            name = name.replace(form, "").strip()
        if one.culture == "shop" and self.chance.random() < 0.5 and not name.endswith(("Enterprise", "Trading")):
            name = f"{name.upper()} {self.chance.choice(('SDN BHD', '(M) SDN. BHD.', 'PTE. LTD.'))}"
        return replace(one, name=name)

    def _particle(self, one: Person) -> Person:
        words = [word for word in one.name.split() if word not in ("bin", "binti", "a/l", "a/p")]
        title = self.chance.choice(("Encik ", "", "Hj. "))
        return replace(one, name=title + " ".join(words).replace("Mohd", "Muhammad"))

    def _script(self, one: Person) -> Person:
        """In the other script, by the transliteration that the first entry has."""
        latin = one.more.get("sort_name") or one.more.get("call_name") or one.name
        return replace(one, name=latin, more={})

    def _moved(self, one: Person) -> Person:
        return replace(one, city=self.chance.choice(CITIES),
                       address=f"{self.chance.randrange(1, 400)} {self.chance.choice(STREETS)}")


def town(seed: int, count: int = 5000, again: int = 1000) -> tuple[list[Person], dict[tuple[int, int], str]]:
    """`count` customers, a tenth of them relatives, namesakes and second shops, then `again` planted duplicates.

    Also the places (from 0) of each planted pair with its faults.
    """
    made = Town(seed)
    people: list[Person] = []
    while len(people) < count:
        one = made.anyone()
        people.append(one)
        if one.culture in ("malay", "chinese", "han", "filipino", "indian") and made.chance.random() < 0.1:
            people.append(made.relative(one))
        elif one.culture == "shop" and made.chance.random() < 0.08:
            people.append(made.second_shop(one))
        elif made.chance.random() < 0.06:
            people.append(made.namesake(one))
    del people[count:]
    pairs = {}
    for place in made.chance.sample(range(count), again):
        faults, other = made.again(people[place])
        pairs[place, len(people)] = faults
        people.append(other)
    return people, pairs
