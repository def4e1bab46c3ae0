"""Which of the old Chinese, Japanese and Korean encodings a few lines are in.

General guessers need a page of prose; a customer list of five names is less. Each of these standards
puts the letters of daily use into one zone of its table, so that the right one shows by its zone and by
the letters that names, firms and addresses are made of.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import pairwise

ENCODINGS = ("gb18030", "cp950", "cp949", "cp932")

_ZONES: dict[str, tuple[tuple[range, range], ...]] = {
    "gb18030": ((range(0xB0, 0xD8), range(0xA1, 0xFF)),),
    "cp950": ((range(0xA4, 0xC7), range(0x40, 0xFF)),),
    "cp949": ((range(0xB0, 0xC9), range(0xA1, 0xFF)),),
    "cp932": ((range(0x88, 0x98), range(0x40, 0xFD)), (range(0x82, 0x84), range(0x40, 0xF2))),
}
_FREQUENT = {
    "gb18030": (
        "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余杜叶程苏魏吕"
        "丁任姚姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴"
        "莫孔向汤公司有限市路号省区县街客户姓名电话地址邮箱手机产品价格数量日期联系人备注状态销售订单"
        "合计伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂红玉华建国文志小春晓海东北京上广州深圳科"
        "技"
    ),
    "cp950": (
        "王李張劉陳楊黃趙吳周徐孫馬朱胡郭何高林羅鄭梁謝宋唐許韓馮鄧曹彭曾蕭田董袁潘蔡蔣余杜葉程蘇魏呂"
        "丁任姚姜崔鍾譚陸汪范金石廖賈夏韋方白鄒孟熊秦邱江尹薛段雷侯龍史陶黎賀顧毛郝龔邵萬錢嚴武戴莫孔"
        "向湯洪公司有限市路號省區縣街客戶姓名電話地址郵箱手機產品價格數量日期聯絡人備註狀態銷售訂單合"
        "計股份企業偉芳娜秀英敏靜麗強軍美淑惠雅婷志明家豪俊傑冠宇宗翰怡君建國文小春台灣北中南雄新竹巷"
        "弄樓鄉鎮"
    ),
    "cp949": (
        "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지엄채원"
        "천방공현함변염여추식회사울부산대인광시동로길번호객름화소메일제품가격수량날짜담당자비상태판매"
        "영미경희숙은혜준철재기아연예도의을는에다해보그스트리라어"
    ),
    "cp932": (
        "のはをにがとでたしるいなすまれかさんあらりくきこもっよどう株式会社東京都大阪市区町丁目番号様"
        "氏名電話住所担当者顧客アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"
        "ヤユヨラリルレロワンッャュョガギグゲゴジズダデドバビブベボパピプペポ佐藤鈴木高橋田中伊渡辺山"
        "本村小林加吉口松井上斎清崎森池阿部石野川原太郎子美一二三商品価格数量日付備考"
    ),
}
_NEUTRAL = frozenset("　、。，．：；？！（）［］「」『』【】・ー－～〜％＋＝／＆＠＃￥《》〈〉…—·")
_SURE = 0.85


def recognise(sample: bytes) -> str:
    """The encoding among `ENCODINGS` that the lines are in, "" if none of them reads like words."""
    best, name = max((_score(sample, encoding), encoding) for encoding in ENCODINGS)
    return name if best >= _SURE else ""


def _score(sample: bytes, encoding: str) -> float:
    """The share of letters in daily use (0..1), and up to half a point more for the frequent ones."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return 0.0
    letters = [letter for letter in text if letter > "\x7f" and letter not in _NEUTRAL
               and not "\uff10" <= letter <= "\uff5a"]
    if not letters:
        return 0.0
    zone, frequent = _daily(encoding), frozenset(_FREQUENT[encoding])
    return (_share(letters, zone) + 0.5 * _share(letters, frequent)) * _unbroken(text)


def _share(letters: Iterable[str], wanted: frozenset[str]) -> float:
    hits = [letter in wanted for letter in letters]
    return sum(hits) / len(hits)


def _unbroken(text: str) -> float:
    """1 for letters in runs; less where each stands alone between Latin letters, as é does in Orléans."""
    alone = sum(before.isascii() and before.isalpha() and letter > "\x7f"
                for before, letter in pairwise(text))
    high = sum(letter > "\x7f" for letter in text)
    return 1 - alone / high


@cache
def _daily(encoding: str) -> frozenset[str]:
    """The letters in the encoding's zones of daily use."""
    found: set[str] = set()
    for leads, trails in _ZONES[encoding]:
        for lead in leads:
            for trail in trails:
                found.update(bytes((lead, trail)).decode(encoding, "ignore"))
    return frozenset(letter for letter in found if letter > "\x7f")
