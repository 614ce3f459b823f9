package io.mnist4j.data.npy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.text.ParseException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyHeaderParserTest {
  private static final NpyHeader HEADER = new NpyHeader("<f4", true, List.of(3L, 4L), 80);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 4), }        \n",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (3, 4,)}",
        "{'shape':(3,4),'fortran_order':True,'descr':'<f4'}",
        " { \"descr\" : \"<f4\" , \"shape\" : ( 3 , 4 ) , \"fortran_order\" : True } ",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (3L, 4L), }"
      })
  void writersDiffer(String text) throws Exception {
    assertEquals(HEADER, NpyHeaderParser.parse(text, 80));
  }

  @Test
  void scalarsAndVectors() throws Exception {
    assertEquals(List.of(), NpyHeaderParser.parse(NpyFixture.header("|u1"), 0).shape());
    assertEquals(List.of(5L), NpyHeaderParser.parse(NpyFixture.header("|u1", 5), 0).shape());
  }

  @Test
  void typesOfSeveralFieldsArePassedOver() throws Exception {
    String text =
        "{'descr': [('a)', '<i4'), ('b', '<f4', (2,))], 'fortran_order': False, 'shape': (7,), }";
    NpyHeader header = NpyHeaderParser.parse(text, 0);
    assertEquals("[7] 'structured'", header.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|1|expected '{', found the end of the header",
        "['descr']|1|expected '{', found '['descr']'",
        "{}|2|expected the keys 'descr', 'fortran_order' and 'shape', found no descr,"
            + " fortran_order, shape",
        "{'descr': '<f4', 'descr': '<f4'}|18|expected the keys 'descr', 'fortran_order' and"
            + " 'shape' once each, found 'descr'",
        "{'descr': '<f4', 'other': 1}|18|expected the keys 'descr', 'fortran_order' and 'shape'"
            + " once each, found 'other'",
        "{'descr': open('x'), }|11|expected the code of a type in quotes, found 'open('x'), }'",
        "{'descr': '<f4|11|expected a string in quotes, found no second quote",
        "{'descr': [('a', ['b'|22|expected the end of the type, found the end of the header",
        "{'fortran_order': 0, }|19|expected True or False, found '0, }'",
        "{'shape': (3)}|13|expected a comma, as in (3,), found ')}'",
        "{'shape': 3}|11|expected '(', found '3}'",
        "{'shape': (-3,)}|12|expected a size, found '-3,)}'",
        "{'shape': (3.0,)}|13|expected ')', found '.0,)}'",
        "{'shape': (9999999999999999999,)}|12|expected a size, found a number of 19 digits",
        "{'shape': (3,), 'fortran_order': False, 'descr': '<u1'} + {}|57|expected the end of the"
            + " header, found '+ {}'"
      })
  void nothingElseOfPython(String text, int character, String complaint) {
    String given = text == null ? "" : text;
    ParseException e = assertThrows(ParseException.class, () -> NpyHeaderParser.parse(given, 0));
    assertEquals(complaint, e.getMessage());
    assertEquals(character, e.getErrorOffset() + 1);
  }
}
