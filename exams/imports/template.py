"""Our template (Q6 of the formats we read): a header, and a sheet that explains it."""

import io

import xlsxwriter

HEADER = [
    ("题型*", 10), ("题干*", 48), *((f"选项{letter}", 20) for letter in "ABCDEFGH"), ("正确答案*", 10), ("分值", 6),
    ("难度", 6), ("一级专业", 14), ("二级专业", 16), ("适用岗位", 14), ("技能等级", 10), ("解析", 40), ("依据", 30),
    ("版本", 12), ("有效期至", 12), ("题目编号", 12),
]  # fmt: skip
NOTES = [
    "题型：单选题、多选题、判断题、填空题、计算题、排序题、连线题、简答题、论述题。",
    "选项从“选项A”起依次填写，用不到的留空；判断题不填选项。",
    "正确答案：单选填一个字母，多选填全部字母（如 ABD 或 A、B、D），判断填 正确/错误、对/错、√/×。",
    "填空题：题干用 ____ 标出空，多个空的答案用 | 隔开，同一空的几种答案用 ; 隔开；数值可写误差和单位，如 220±5 V。",
    "计算题：答案写数值，可带误差和单位。排序题：选项写各项，答案按正确顺序写字母，如 BDAC。",
    "连线题：选项写左侧各项，答案按顺序写对应的右侧各项，用 | 隔开，可多写干扰项。",
    "简答题、论述题：答案写参考答案，由人工阅卷。",
    "难度：1（易）到 5（难），或 易、中、难。依据：文件和条款，如《电力安全工作规程》第 4.4 条。",
    "有效期至：如 2027-12-31，到期前请复核。题目编号可不填。",
    "分值是建议分值。适用岗位可写多个，用 、 隔开，作为标签保存。技能等级：学徒工到首席技师，或 1 到 8。",
    "不要使用公式。一次最多 5000 行，文件不超过 10 MB。",
]
NAMES = {
    "single": "单选题", "multiple": "多选题", "true_false": "判断题", "fill_in": "填空题", "numerical": "计算题",
    "ordering": "排序题", "matching": "连线题", "short_answer": "简答题", "essay": "论述题",
}  # fmt: skip
TYPES = list(NAMES.values())


def workbook() -> bytes:
    """The empty template as an .xlsx file."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        head = book.add_format({"bold": True, "bg_color": "#E4F1EE", "border": 1, "border_color": "#C9D6D2"})
        sheet = book.add_worksheet("试题")
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        for column, (name, width) in enumerate(HEADER):
            sheet.write_string(0, column, name, head)
            sheet.set_column(column, column, width, text)
        sheet.freeze_panes(1, 0)
        sheet.data_validation(1, 0, 5000, 0, {"validate": "list", "source": TYPES})
        notes = book.add_worksheet("填写说明")
        notes.set_column(0, 0, 100)
        for row, note in enumerate(NOTES):
            notes.write_string(row, 0, note)
    return stream.getvalue()
