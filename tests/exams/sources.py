"""Question files as other systems write them, made up for tests."""

import base64

from tests.exams.pictures import PNG

GIFT = r"""// 供电所题库
$CATEGORY: $course$/top/安全/验电
::T1:: 高压验电应使用{
  =合格的验电器#对
  ~手
}。

哪些是安全工器具{~%50%绝缘手套 ~%50%绝缘靴 ~%-100%钳子 ####见规程}

低压为{=220 =%50%二百二十}伏。

先验电\: 后接地 {T#不对#对}

配对 {=停电 -> 第一步 =验电 -> 第二步 = -> 第三步}

[html]算一算 <b>电压</b> {#220:5}

谈谈 {}

坏的 {=甲
"""
_PICTURE = base64.b64encode(PNG).decode()
MOODLE = f"""<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/top/安全/验电</text></category></question>
<question type="multichoice">
  <name><text>看图</text></name>
  <questiontext format="html"><text><![CDATA[<p>图中有 <img src="@@PLUGINFILE@@/a%20b.png" alt="图"></p>]]></text>
    <file name="a b.png" path="/" encoding="base64">{_PICTURE}</file></questiontext>
  <defaultgrade>2.0000000</defaultgrade><single>false</single>
  <answer fraction="50"><text>甲</text><feedback><text>对</text></feedback></answer>
  <answer fraction="50"><text>乙</text></answer><answer fraction="-100"><text>丙</text></answer>
  <hint format="html"><text>再看看</text></hint>
  <tags><tag><text>春检</text></tag><tag><text>难度=4</text></tag></tags>
</question>
<question type="cloze"><questiontext format="html">
  <text><![CDATA[<p>低压 {{1:SA:=220~%50%二百二#接近}} 伏，误差
    {{2:NM:=7:0.5}}，{{1:MCV:=对\\}}~错}}</p>]]></text></questiontext></question>
<question type="numerical"><questiontext format="plain_text"><text>电压</text></questiontext>
  <answer fraction="100"><text>10</text><tolerance>0.5</tolerance></answer>
  <units><unit><multiplier>1</multiplier><unit_name>kV</unit_name></unit><unit><multiplier>1000</multiplier><unit_name>V</unit_name></unit></units></question>
<question type="truefalse"><questiontext format="html"><text>先验电</text></questiontext>
  <answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>
<question type="calculated"><questiontext format="html"><text>{{a}}+{{b}}</text></questiontext></question>
<question type="random"><questiontext format="html"><text></text></questiontext></question>
</quiz>
"""
